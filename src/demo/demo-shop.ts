// The two shops the demo can run on: real households, or a made-up shop that needs no download.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KindredError } from '../core/errors.js';
import { fetchCompleteJourney } from '../datasets/complete-journey/complete-journey.js';
import { simulateShop } from '../datasets/simulate/simulate-shop.js';

export interface Shop {
  readonly name: string;
  /** dataset directory */
  readonly directory: string;
  /** what the demo searches for */
  readonly searches: readonly [string, string];
  /** what a user is called on screen */
  readonly userWord: string;
  /** removes the files that were made for this run */
  dispose(): Promise<void>;
}

const SIMULATED = { users: 2_000, products: 5_000, events: 200_000, seed: 1 };

/** @throws KindredError `unknown-shop`, and what fetching or making the data throws */
export async function openShop(
  name: string,
  cacheDir: string,
  onProgress: (text: string) => void,
): Promise<Shop> {
  if (name === 'journey') {
    const directory = await fetchCompleteJourney({ cacheDir, onProgress });
    return {
      name: 'Complete Journey',
      directory,
      searches: ['yogurt', 'cereal'],
      userWord: 'household',
      dispose: async () => {},
    };
  }
  if (name === 'simulated') {
    const folder = await mkdtemp(join(tmpdir(), 'kindred-demo-'));
    const directory = join(folder, 'shop');
    onProgress('making a shop of 5,000 products and 200,000 events');
    await simulateShop({ ...SIMULATED, out: directory });
    const dispose = () => rm(folder, { recursive: true, force: true });
    return {
      name: 'a simulated shop',
      directory,
      searches: ['shirt', 'jacket'],
      userWord: 'shopper',
      dispose,
    };
  }
  throw new KindredError('unknown-shop', `--data ${name}: choose journey or simulated`);
}
