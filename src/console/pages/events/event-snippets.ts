// Code to copy that sends one UBI event from a shop's server: with curl, or in JavaScript.

export interface TestEvent {
  readonly action_name: string;
  readonly user_id: string;
  readonly event_attributes?: { readonly object: { readonly object_id: string } };
}

/** Under a user id of its own, so that it changes no real profile. */
export function testEvent(action: string, product: string): TestEvent {
  const objectId = product.trim();
  return {
    action_name: action.trim(),
    user_id: 'kindred-test',
    event_attributes: objectId === '' ? undefined : { object: { object_id: objectId } },
  };
}

/** @param proxy its address. Quotes within the body are escaped for a shell; the shell fills in the time. */
export function curlSnippet(proxy: string, event: TestEvent): string {
  const json = JSON.stringify({ ...event, timestamp: 'NOW' }).replaceAll("'", String.raw`'\''`);
  const body = json.replace('"NOW"', `"'$(date -u +%FT%TZ)'"`);
  return `curl ${proxy}/_kindred/events -H 'X-Kindred-Key: SERVER_KEY' \\
  -H 'Content-Type: application/json' -d '${body}'`;
}

export function scriptSnippet(proxy: string, event: TestEvent): string {
  return `await fetch('${proxy}/_kindred/events', {
  method: 'POST',
  headers: { 'X-Kindred-Key': process.env.KINDRED_SERVER_KEY, 'Content-Type': 'application/json' },
  body: JSON.stringify({ ...${JSON.stringify(event)}, timestamp: new Date().toISOString() }),
});`;
}
