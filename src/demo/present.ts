// The demo's last step: picks two users, prints the tables, and says how to go on by hand.

import type { Catalog } from '../core/catalog.js';
import { openDataset } from '../datasets/format/open-dataset.js';
import { openDuckDb } from '../duckdb/duckdb.js';
import type { EngineAddress } from '../engine/client/engine-address.js';
import type { Settings } from '../server/settings/settings.js';
import type { RunningKindred } from '../server/start-kindred.js';
import type { Shop } from './demo-shop.js';
import { createEvidence, type Evidence } from './evidence.js';
import { createProxyClient, type ProxyClient, storefrontQuery } from './proxy-client.js';
import { showClick, showLists } from './show-searches.js';

export interface Presentation {
  readonly shop: Shop;
  readonly catalog: Catalog;
  readonly kindred: RunningKindred;
  /** where and with which credential searches go */
  readonly engine: EngineAddress;
  readonly settings: Settings;
  readonly once: boolean;
}

export async function present({
  shop,
  catalog,
  kindred,
  engine,
  settings,
  once,
}: Presentation): Promise<void> {
  const print = (text: string) => void process.stdout.write(`${text}\n`);
  const serverKey = settings.serverKeys[0] ?? '';
  const client = createProxyClient({ proxyUrl: kindred.proxyUrl, engine }, catalog.index, serverKey);
  const database = await openDuckDb();
  try {
    await openDataset(database.connection, shop.directory);
    const evidence = createEvidence(database.connection);
    const users = await chooseUsers(evidence, client, shop.searches);
    const showing = { client, searches: shop.searches, users, userWord: shop.userWord, print };
    await showLists(showing);
    await showClick(showing, 'demo-session');
    if (once) return;
    const body = JSON.stringify(storefrontQuery(shop.searches[0]));
    print(`\nTry it: the two ${shop.userWord}s were picked because their lists differ most.\n`);
    for (const userId of users)
      print(
        `curl -s -i '${kindred.proxyUrl}/${catalog.index}/_search?filter_path=hits.hits._source.title' -H 'content-type: application/json' -H 'X-Kindred-Key: ${serverKey}' -H 'X-User-Id: ${userId}' -d '${body}'\n`,
      );
    print(`OFF and ON: PUT ${kindred.adminUrl}/api/settings with X-Kindred-Key: ${settings.adminKeys[0]}`);
    print(`proxy   ${kindred.proxyUrl}\nconsole ${kindred.adminUrl}\nCtrl-C stops everything.`);
  } finally {
    await database.close();
    await client.close();
  }
}

/** For each search. */
const CANDIDATES = 12;

/** @returns two user ids; the same choice for the same data and model */
async function chooseUsers(
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
