// Code to copy that sends one UBI event from a shop's server: with curl, or in JavaScript.

export interface TestEvent {
  readonly action_name: string;
  readonly user_id: string;
  readonly event_attributes?: { readonly object: { readonly object_id: string } };
}

const PROXY = 'http://localhost:9280';

/**
 * Under a user id of its own, so that it changes no real profile.
 * @param example a product to name where none is typed: most events are rejected without one
 */
export function testEvent(action: string, product: string, example = ''): TestEvent {
  const objectId = product.trim() || example;
  return {
    action_name: action.trim(),
    user_id: 'kindred-test',
    event_attributes: objectId === '' ? undefined : { object: { object_id: objectId } },
  };
}

/** Quotes within the body are escaped for a shell; the shell fills in the time. */
export function curlSnippet(event: TestEvent): string {
  const json = JSON.stringify({ ...event, timestamp: 'NOW' }).replaceAll("'", String.raw`'\''`);
  const body = json.replace('"NOW"', `"'$(date -u +%FT%TZ)'"`);
  return `curl ${PROXY}/_kindred/events -H 'X-Kindred-Key: SERVER_KEY' \\
  -H 'Content-Type: application/json' -d '${body}'`;
}

export function scriptSnippet(event: TestEvent): string {
  return `await fetch('${PROXY}/_kindred/events', {
  method: 'POST',
  headers: { 'X-Kindred-Key': process.env.KINDRED_SERVER_KEY, 'Content-Type': 'application/json' },
  body: JSON.stringify({ ...${JSON.stringify(event)}, timestamp: new Date().toISOString() }),
});`;
}
