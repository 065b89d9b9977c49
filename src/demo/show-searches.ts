// Prints the same searches without identity, for two users, and for a session before and after a click.
import { formatCount } from '../core/format-count.js';
import type { Evidence } from './evidence.js';
import type { ProxyClient, ShownHit } from './proxy-client.js';
import { type Reason, sideBySide } from './side-by-side.js';

export interface Showing {
  readonly client: ProxyClient;
  readonly evidence: Evidence;
  readonly searches: readonly string[];
  /** ids */
  readonly users: readonly string[];
  /** what a user is called on screen */
  readonly userWord: string;
  readonly print: (text: string) => void;
}

export async function showLists({
  client,
  evidence,
  searches,
  users,
  userWord,
  print,
}: Showing): Promise<void> {
  for (const text of searches) {
    const off = await client.search(text, {});
    for (const userId of users) {
      const on = await client.search(text, { userId });
      const reasonsOf = (hit: ShownHit) => reasons(hit, evidence, userId);
      print(`\n${await sideBySide(`"${text}" for ${userWord} ${userId}`, off, on, reasonsOf)}`);
    }
    const same = (await client.matchesEngine(text)) ? 'byte for byte the' : 'NOT the';
    print(`\n"${text}" for an anonymous visitor: ${same} engine's own answer`);
    print(`X-Personalization: ${off.outcome}`);
  }
}

/** A visitor clicks the last of the ten hits; the next search of the session follows. */
export async function showClick({ client, searches, print }: Showing, sessionId: string): Promise<void> {
  const [text = ''] = searches;
  const before = await client.search(text, { sessionId });
  const clicked = before.hits.at(-1);
  if (!clicked) return;
  await client.click(clicked.id, text, sessionId);
  const after = await client.search(text, { sessionId });
  print(
    `\nA new visitor, session ${sessionId}, clicks number ${before.hits.length}:\n${clicked.title} (${clicked.id})`,
  );
  const title = `"${text}" right after the click`;
  print(
    `\n${await sideBySide(title, before, after, async (hit) => sessionReasons(hit), ['BEFORE', 'AFTER'])}`,
  );
}

async function reasons(hit: ShownHit, evidence: Evidence, userId: string): Promise<Reason[]> {
  return Promise.all(
    hit.affinities.map(async ({ field, value, factor, profile, product }) => {
      if (product === 'related')
        return { what: 'goes with their others', factor, because: 'bought by the same people' };
      const events = await evidence.count(userId, field, value);
      return {
        what: product ? 'bought before' : `${field} ${value}`,
        factor,
        because: formatCount(events, 'event') + (profile === 'group' ? ', cohort' : ''),
      };
    }),
  );
}

function sessionReasons({ affinities }: ShownHit): Reason[] {
  return affinities.map(({ field, value, factor }) => ({
    what: `${field} ${value}`,
    factor,
    because: 'this session',
  }));
}
