// What a storefront, a merchandiser and the engine's own client send to a running demo.
import { eventually } from '../helpers/eventually.js';

/** Where a running Kindred is, and the keys to it. */
export interface Shop {
  readonly engine: string;
  readonly proxy: string;
  readonly admin: string;
  readonly serverKey: string;
  readonly adminKey: string;
  /** the catalog's; default `products` */
  readonly index?: string;
}

export interface Answer<T = unknown> {
  readonly status: number;
  /** empty when there is none */
  header(name: string): string;
  readonly text: string;
  json(): T;
}

export interface Request {
  readonly method?: string;
  /** text goes as it is, anything else as JSON */
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export interface Affinity {
  readonly field: string;
  readonly value: string;
  readonly factor: number;
  readonly profile: string;
  readonly product?: 'buy_again' | 'related';
}

export interface SearchAnswer {
  readonly hits: {
    readonly total: { readonly value: number };
    readonly hits: readonly { readonly _id: string; readonly _score: number }[];
  };
  readonly aggregations?: unknown;
  readonly ext?: {
    readonly kindred: {
      readonly plan: readonly Affinity[];
      readonly hits: readonly {
        readonly _id: string;
        readonly rank: number;
        readonly rank_without: number | null;
        readonly boost: number;
        readonly affinities: readonly Affinity[];
        readonly relative: number;
        readonly reasons: readonly (Partial<Affinity> & {
          readonly cause: string;
          readonly factor: number;
          readonly evidence?: { readonly count: number; readonly of: string };
        })[];
        readonly sentence?: string;
      }[];
    };
  };
}

export interface Visitor {
  readonly user?: string;
  readonly session?: string;
  readonly client?: string;
  /** the header `X-Kindred` */
  readonly kindred?: string;
}

export async function ask<T>(url: string, { method, body, headers }: Request = {}): Promise<Answer<T>> {
  const sent = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: sent }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    header: (name) => answer.headers.get(name) ?? '',
    text,
    json: () => JSON.parse(text) as T,
  };
}

/** The demo storefront's query: the word in the title, and √popularity. */
export function storefront(word: string, more: object = {}): object {
  const query = { match: { title: { query: word, operator: 'and' } } };
  const popularity = { field: 'popularity', modifier: 'sqrt', missing: 0 };
  return { ...more, query: { function_score: { query, field_value_factor: popularity } } };
}

/**
 * A search at the proxy, trusted as the storefront's server is. On a busy machine the first read of a profile may
 * miss its deadline; the search is then sent again, and finds what was read meanwhile.
 */
export async function search(demo: Shop, body: object, visitor: Visitor = {}): Promise<Answer<SearchAnswer>> {
  return eventually(async () => {
    const answer = await searchOnce(demo, body, visitor);
    if (answer.header('x-personalization').endsWith('=profile-timeout')) throw new Error('timeout');
    return answer;
  });
}

function searchOnce(demo: Shop, body: object, visitor: Visitor): Promise<Answer<SearchAnswer>> {
  const { user, session, client, kindred } = visitor;
  return ask(`${demo.proxy}/${demo.index ?? 'products'}/_search`, {
    body,
    headers: {
      'x-kindred-key': demo.serverKey,
      ...(user !== undefined && { 'x-user-id': user }),
      ...(session !== undefined && { 'x-session-id': session }),
      ...(client !== undefined && { 'x-client-id': client }),
      ...(kindred !== undefined && { 'x-kindred': kindred }),
    },
  });
}

/** The same search at the engine itself. */
export function plain(demo: Shop, body: object): Promise<Answer<SearchAnswer>> {
  return ask(`${demo.engine}/${demo.index ?? 'products'}/_search`, { body });
}

export function admin<T>(demo: Shop, path: string, request: Request & { ifMatch?: string } = {}) {
  const { ifMatch, headers, ...rest } = request;
  return ask<T>(`${demo.admin}/api${path}`, {
    ...rest,
    headers: {
      'x-kindred-key': demo.adminKey,
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      ...headers,
    },
  });
}

export function sendEvents(demo: Shop, events: unknown, headers: Record<string, string> = {}) {
  return ask<{ accepted: number; rejected: { index: number; errors: { path: string }[] }[] }>(
    `${demo.proxy}/_kindred/events`,
    { body: events, headers: { 'x-kindred-key': demo.serverKey, ...headers } },
  );
}

export function ids(answer: Answer<SearchAnswer>): string[] {
  return answer.json().hits.hits.map(({ _id }) => _id);
}

/** An answer's bytes without what differs between any two runs of the same search. */
export function bytes({ text }: Answer<unknown>): string {
  return text.replaceAll(/"took" ?: ?\d+/g, '"took":0');
}
