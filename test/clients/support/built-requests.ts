// Requests that shop software builds, sent to the engine and through Kindred, and what of two answers must be the same.
import { runClient } from './run-client.js';

export interface BuiltRequest {
  readonly name: string;
  /** POST where it is not given */
  readonly method?: string;
  /** with its parameters */
  readonly path: string;
  readonly body?: SearchBody;
  /** of a multi-search */
  readonly lines?: readonly object[];
  /** why a search is left alone: the skip reason; personalized where it is not given */
  readonly said?: string;
  /** by what one product is called: whether that is personalized, others decide */
  readonly exact?: boolean;
}

export interface SearchBody {
  readonly from?: number;
  readonly size?: number;
  readonly [member: string]: unknown;
}

interface Hit {
  readonly _id: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly [member: string]: unknown;
}

/** The answer to a search, or to one of a multi-search. */
export interface SearchAnswer {
  readonly hits?: { readonly total?: { readonly value: number }; readonly hits: readonly Hit[] };
  readonly [member: string]: unknown;
}

export interface Answered {
  readonly status: number;
  readonly type: string | null;
  /** without the times that searches took */
  readonly text: string;
  readonly said: string | null;
}

/** @param python where a builder in Python finds its packages */
export async function buildRequests(script: string, index: string, python?: string): Promise<BuiltRequest[]> {
  return JSON.parse(await runClient({ script, arguments: [index], python }));
}

/** Asked again where a busy machine did not read the profile in time. */
export async function sendPersonal(base: string, request: BuiltRequest, headers: object): Promise<Answered> {
  for (let tries = 1; ; tries += 1) {
    const answered = await send(base, request, headers);
    if (tries === 20 || !answered.said?.endsWith('profile-timeout')) return answered;
  }
}

export async function send(base: string, request: BuiltRequest, headers: object = {}): Promise<Answered> {
  const { method = 'POST', path, body, lines } = request;
  const written = lines ? lines.map((line) => `${JSON.stringify(line)}\n`).join('') : JSON.stringify(body);
  const type = lines ? 'application/x-ndjson' : 'application/json';
  const answer = await fetch(base + path, {
    method,
    headers: { ...(written && { 'content-type': type }), ...headers },
    body: written ?? null,
  });
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    text: (await answer.text()).replaceAll(/"took":\d+/g, '"took":0'),
    said: answer.headers.get('x-personalization'),
  };
}

export function answersOf({ text }: Answered): readonly SearchAnswer[] {
  const answer = JSON.parse(text);
  return answer.responses ?? [answer];
}

/** Whether one search found anything it was not asked to show. */
export function isPage({ hits }: SearchAnswer): boolean {
  const { value = 0 } = hits?.total ?? {};
  return !!hits?.hits.length && value > hits.hits.length;
}

/** An answer without what personalization may change: the order of its hits, and scores. */
export function withoutOrder(answer: SearchAnswer): unknown {
  return JSON.parse(JSON.stringify(answer), (key, value) => {
    if (key === 'hits' && Array.isArray(value)) return value.toSorted(byId);
    return SCORES.has(key) ? undefined : value;
  });
}

/** An answer without its hits: all but their number. */
export function beside({ hits, ...answer }: SearchAnswer): unknown {
  return { ...answer, total: hits?.total, shown: hits?.hits.length };
}

const SCORES = new Set(['_score', 'max_score', '_explanation', 'sort']);
const byId = (one: Hit, other: Hit) => (one._id < other._id ? -1 : 1);

/** The n-th search of a request alone, from its first place to its last: every answer there is, page by page. */
export async function walk(
  ask: (request: BuiltRequest) => Promise<Answered>,
  request: BuiltRequest,
  n: number,
) {
  const size = sizeOf(request, n);
  const answers: SearchAnswer[] = [];
  for (let from = 0; ; from += size) {
    const [answer = {}] = answersOf(await ask(fromPlace(request, n, from, size)));
    if (!answer.hits?.hits.length) return answers;
    answers.push(answer);
  }
}

function sizeOf({ path, body, lines }: BuiltRequest, n: number): number {
  const inUrl = new URLSearchParams(path.split('?')[1]).get('size');
  const { size } = (lines ? lines[2 * n + 1] : body) as SearchBody;
  return Number(inUrl ?? size ?? 10);
}

function fromPlace(request: BuiltRequest, n: number, from: number, size: number): BuiltRequest {
  const { lines, body } = request;
  if (lines) return { ...request, lines: [lines[2 * n] ?? {}, { ...lines[2 * n + 1], from, size }] };
  const [path = '', query] = request.path.split('?');
  const parameters = new URLSearchParams(query);
  if (!parameters.has('size')) return { ...request, body: { ...body, from, size } };
  parameters.set('from', String(from));
  parameters.set('size', String(size));
  return { ...request, path: `${path}?${parameters}` };
}

/** What identifies each hit whatever its order: its id, or where hits are collapsed what they are collapsed by. */
export function foundBy(
  answers: readonly SearchAnswer[],
  { body, lines }: BuiltRequest,
  n: number,
): string[] {
  const { collapse } = ((lines ? lines[2 * n + 1] : body) ?? {}) as { collapse?: { field: string } };
  const hits = answers.flatMap((answer) => answer.hits?.hits ?? []);
  return hits.map(({ _id, fields }) => (collapse ? String(fields?.[collapse.field]) : _id)).sort();
}
