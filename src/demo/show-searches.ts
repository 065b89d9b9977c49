// Prints the same searches without identity, for two users, and for a session before and after a click.
import type { ProxyClient } from './proxy-client.js';
import { sideBySide } from './side-by-side.js';

export interface Showing {
  readonly client: ProxyClient;
  readonly searches: readonly string[];
  /** ids */
  readonly users: readonly string[];
  /** what a user is called on screen */
  readonly userWord: string;
  readonly print: (text: string) => void;
}

export async function showLists({ client, searches, users, userWord, print }: Showing): Promise<void> {
  for (const text of searches) {
    const off = await client.search(text, {});
    for (const userId of users) {
      const on = await client.search(text, { userId });
      print(`\n${sideBySide(`"${text}" for ${userWord} ${userId}`, off, on)}`);
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
  print(`\n${sideBySide(title, before, after, ['BEFORE', 'AFTER'])}`);
}
