// Documents of several indices by id: locales of one shop hold the same products, each in its own words.
import type { EngineTransport, StoredDocument } from '../client/client.js';
import { call } from '../client/engine-response.js';
import { indexPath } from '../indices/index-path.js';

/** Hits that a search may bring: with so many ids at once as readers ask for, every index has room for all of them. */
export const MAX_HITS = 10_000;

type Source = Readonly<Record<string, unknown>>;

interface Hit {
  readonly _id: string;
  readonly _source: Source;
  readonly _seq_no: number;
  readonly _primary_term: number;
}

/** Whether a target names, or may stand for, more than one index. An alias of several is not told by its name. */
export function isSeveral(index: string): boolean {
  return /[*,]/.test(index);
}

/** As `EngineClient.mget`, with the values of all indices in one document. */
export async function mgetOfSeveral(
  transport: EngineTransport,
  index: string,
  ids: readonly string[],
  sourceIncludes: readonly string[] | undefined,
): Promise<(StoredDocument<Source> | null)[]> {
  const { body } = await call<{ hits: { hits: readonly Hit[] } }>(transport, {
    method: 'POST',
    path: indexPath(index, '_search'),
    querystring: { ignore_unavailable: true },
    body: {
      size: MAX_HITS,
      query: { ids: { values: ids } },
      _source: sourceIncludes ?? true,
      seq_no_primary_term: true,
    },
  });
  const found = new Map<string, StoredDocument<Source>>();
  for (const { _id: id, _source, _seq_no: seqNo, _primary_term: primaryTerm } of body.hits.hits) {
    const known = found.get(id);
    const source = known ? merged(known.source, _source) : _source;
    found.set(id, { id, source, seqNo, primaryTerm });
  }
  return ids.map((id) => found.get(id) ?? null);
}

/** The members of both; what differs becomes a list, as a field with several values is written. */
function merged(one: Source, other: Source): Source {
  const differing = Object.entries(other).flatMap(([key, value]) => {
    const known = one[key];
    const same = known === undefined || JSON.stringify(known) === JSON.stringify(value);
    return same ? [] : [[key, [known, value].flat()]];
  });
  return { ...one, ...other, ...Object.fromEntries(differing) };
}
