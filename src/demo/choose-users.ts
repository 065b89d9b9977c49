// Picks the two users that the demo shows: with events on what is searched, and with lists that differ the most from each other and from OFF.
import type { Evidence } from './evidence.js';
import type { ProxyClient } from './proxy-client.js';

/** For each search. */
const CANDIDATES = 12;

/** @returns two user ids; the same choice for the same data and model */
export async function chooseUsers(
  evidence: Evidence,
  client: ProxyClient,
  searches: readonly string[],
): Promise<readonly [string, string]> {
  const pools = await Promise.all(searches.map((text) => evidence.usersOf(text, CANDIDATES)));
  const candidates = [...new Set(pools.flat())];
  const lists = new Map<string | null, ReadonlySet<string>>();
  for (const userId of [null, ...candidates]) {
    const found = await Promise.all(
      searches.map((text) => client.search(text, userId === null ? {} : { userId })),
    );
    lists.set(userId, new Set(found.flatMap(({ hits }) => hits.map(({ id }) => id))));
  }
  const pairs = candidates.flatMap((a, at) => candidates.slice(at + 1).map((b): [string, string] => [a, b]));
  const overlap = (a: string, b: string | null) =>
    [...(lists.get(a) ?? [])].filter((id) => lists.get(b)?.has(id)).length;
  const shared = ([a, b]: readonly [string, string]) => overlap(a, b) + overlap(a, null) + overlap(b, null);
  const [first = ['', '']] = pairs.sort((one, other) => shared(one) - shared(other));
  return first;
}
