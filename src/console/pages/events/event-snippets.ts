// Lines to copy that send one UBI event from a shop's server.

export interface TestEvent {
  readonly action_name: string;
  readonly user_id: string;
  readonly event_attributes?: { readonly object: { readonly object_id: string } };
}

const PROXY = 'http://localhost:9280';

/** Under a user of its own, so that nobody's tastes are moved. */
export function testEvent(action: string, product: string): TestEvent {
  const objectId = product.trim();
  return {
    action_name: action.trim(),
    user_id: 'kindred-test',
    ...(objectId !== '' && { event_attributes: { object: { object_id: objectId } } }),
  };
}

/** What a shell would end the text at is written as it takes it. */
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
