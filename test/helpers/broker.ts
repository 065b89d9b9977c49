// What the run's global setup starts for whoever asks first: engines, a browser, a Redis, packages of search clients.
import { get } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Brought {
  /** an address, a command or JSON; where it is not there: why, in words */
  readonly text: string;
  readonly ok: boolean;
}

/** Waits as long as it takes: the first to ask waits for downloads, and `fetch` gives up after five minutes. */
export function askBroker(what: string): Promise<Brought> {
  const broker = process.env.KINDRED_TEST_ENGINE_BROKER;
  if (!broker)
    throw new Error(`there is no ${what} here: quick tests run without engines, browsers and servers`);
  return new Promise((resolve, reject) => {
    // A connection of its own: one that was kept is closed by the broker just when a busy worker uses it again.
    get(`${broker}/${what}`, { agent: false }, (answer) => {
      text(answer).then((found) => resolve({ text: found, ok: answer.statusCode === 200 }), reject);
    }).once('error', reject);
  });
}
