// The pages behind the first of a scroll, and its end: an engine keeps only so many scrolls.
import type { Asked } from './requests.js';
import type { Answer, Target, World } from './world.js';

/** The next page; null where the answer has no scroll. */
export async function nextPage(world: World, target: Target, answer: Answer): Promise<Answer | null> {
  const id = scrollId(answer);
  return id === null ? null : world.send(target, request('POST', { scroll_id: id, scroll: '1m' }));
}

export async function closeScroll(world: World, answer: Answer): Promise<void> {
  const id = scrollId(answer);
  if (id !== null) await world.send('engine', request('DELETE', { scroll_id: [id] }));
}

function request(method: Asked['method'], body: object): Asked {
  return {
    shape: 'scroll',
    method,
    path: '/_search/scroll',
    parameters: {},
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    gzip: false,
  };
}

/** From JSON and YAML alike. */
function scrollId({ body }: Answer): string | null {
  return /\b_scroll_id"?\s*:\s*"([^"]+)"/.exec(body.toString('utf8', 0, 4096))?.[1] ?? null;
}
