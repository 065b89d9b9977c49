// What was pasted as a search: the body of a _search, with or without the line of its request, or an event of the feed.

export type Pasted =
  | { readonly kind: 'body'; readonly body: string }
  | { readonly kind: 'event'; readonly query: string; readonly userId: string | null }
  | { readonly kind: 'wrong'; readonly words: string };

/** `POST /products/_search` in front of a body, as consoles of engines show it. */
const REQUEST_LINE = /^\s*(GET|POST)\s+\S+[^\S\n]*\n/;

export function readPasted(text: string): Pasted {
  const body = text.replace(REQUEST_LINE, '').trim();
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    return { kind: 'wrong', words: `This is not JSON: ${why}` };
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    return { kind: 'wrong', words: 'A search is one JSON object: { "query": … }' };
  if (!('action_name' in parsed)) return { kind: 'body', body };
  const query = textAt(parsed, 'user_query');
  if (query === null)
    return { kind: 'wrong', words: 'This event is no search: it has no words in “user_query”' };
  return { kind: 'event', query, userId: textAt(parsed, 'user_id') };
}

function textAt(event: object, key: string): string | null {
  const value: unknown = Reflect.get(event, key);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
