// The searches of the window study: category pages and words with many matches, each by a user with events there.
import { crc32 } from 'node:zlib';
import type { Json } from '@duckdb/node-api';
import { z } from 'zod';
import { createRandom, pick, shuffle } from '../../datasets/simulate/random.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';

export type SearchKind = 'category' | 'words';

export interface StudiedSearch {
  readonly kind: SearchKind;
  /** the category, or the word */
  readonly text: string;
  readonly matches: number;
  readonly userId: string;
}

/** A grocer's categories have some hundred products. */
const MIN_MATCHES: Readonly<Record<SearchKind, number>> = { category: 500, words: 1_000 };
const SEED = 500;

/** Words have three letters or more: `12` and `oz` are no searches. */
const PLACES: Readonly<Record<SearchKind, string>> = {
  category: 'SELECT object_id, category AS place FROM dataset_products WHERE category IS NOT NULL',
  words: `SELECT DISTINCT object_id, unnest(regexp_extract_all(lower(title), '\\p{L}{3,}')) AS place FROM dataset_products`,
};

/**
 * As many of each kind; places in a random order, one user each time. Half of all users are left out, for judging the
 * window that is chosen by this study.
 */
export async function studiedSearches(steps: SqlSteps, perKind: number): Promise<StudiedSearch[]> {
  const random = createRandom(SEED);
  const searches: StudiedSearch[] = [];
  for (const kind of ['category', 'words'] as const) {
    const rows = await steps.interruptible(async () => {
      const reader = await steps.connection.runAndReadAll(`
        WITH places AS (${PLACES[kind]}),
        sizes AS (SELECT place, count(*) AS matches FROM places GROUP BY place HAVING count(*) >= ${MIN_MATCHES[kind]})
        SELECT place, matches, list_sort(list(DISTINCT user_id)) AS user_ids
        FROM sizes JOIN places USING (place) JOIN dataset_events USING (object_id)
        WHERE user_id IS NOT NULL GROUP BY place, matches ORDER BY place`);
      return reader.getRowObjectsJson();
    });
    const places = rows.map(placeOf).filter(({ userIds }) => userIds.length > 0);
    const order = Uint32Array.from(places.keys());
    shuffle(random, order);
    for (let at = 0; at < perKind && places.length > 0; at++) {
      const { text, matches, userIds } = places[order[at % order.length] ?? 0] ?? pick(random, places);
      searches.push({ kind, text, matches, userId: pick(random, userIds) });
    }
  }
  return searches;
}

function placeOf({ place, matches, user_ids }: Record<string, Json>) {
  const userIds = z.array(z.string()).parse(user_ids).filter(isDevelopment);
  return { text: String(place), matches: Number(matches), userIds };
}

function isDevelopment(userId: string): boolean {
  return (crc32(userId) & 1) === 0;
}
