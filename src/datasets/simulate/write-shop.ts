// Writes a simulated shop's rows as CSV, user by user; memory holds the catalog and one number a user.
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { describeProduct, type SimulatedCatalog, simulateCatalog } from './catalog.js';
import { createRandom } from './random.js';
import { ACTIONS, type Period, shop } from './shopping.js';
import { createSuggestions } from './suggestions.js';
import { PLANTED_FIELDS, simulateUser } from './user.js';

export interface ShopSize {
  readonly users: number;
  readonly products: number;
  readonly events: number;
  readonly seed: number;
}

/** CSV files by what they hold; ids are numbers from 0. */
export type ShopFiles = Readonly<Record<'products' | 'customers' | 'planted' | 'events', string>>;

/**
 * @param dir an existing directory for the CSV files
 * @param onEvents called with the number of events written so far
 */
export async function writeShop(
  size: ShopSize,
  period: Period,
  dir: string,
  onEvents: (done: number) => void,
): Promise<{ files: ShopFiles; catalog: SimulatedCatalog }> {
  const catalog = simulateCatalog(size.seed, size.products);
  const path = (name: string) => join(dir, `${name}.csv`);
  const files = {
    products: path('products'),
    customers: path('customers'),
    planted: path('planted'),
    events: path('events'),
  };
  await writeProducts(size.seed, catalog, await createLineFile(files.products));
  const activity = await writeUsers(
    size,
    catalog,
    await createLineFile(files.customers),
    await createLineFile(files.planted),
  );
  await writeEvents(size, catalog, activity, period, await createLineFile(files.events), onEvents);
  return { files, catalog };
}

async function writeProducts(seed: number, catalog: SimulatedCatalog, file: LineFile): Promise<void> {
  for (let product = 0; product < catalog.count; product++) {
    const { title, category, brand, color, size, occasions, price, onSale } = describeProduct(
      seed,
      catalog,
      product,
    );
    const row = [product, title, category, brand, color, size, occasions.join('|'), price.toFixed(2), onSale];
    if (file.add(row.join(','))) await file.flush();
  }
  await file.close();
}

/** @returns how active each user is */
async function writeUsers(
  size: ShopSize,
  catalog: SimulatedCatalog,
  customers: LineFile,
  planted: LineFile,
): Promise<Float64Array> {
  const activity = new Float64Array(size.users);
  for (let user = 0; user < size.users; user++) {
    const { age, income, region, preferences, activity: own } = simulateUser(size.seed, user, catalog);
    activity[user] = own;
    const shares = PLANTED_FIELDS.flatMap((field) =>
      [...preferences[field]].map((share) => share.toPrecision(4)),
    );
    if (customers.add([user, age, income, region].join(','))) await customers.flush();
    if (planted.add(`${user},${shares.join(' ')}`)) await planted.flush();
  }
  await customers.close();
  await planted.close();
  return activity;
}

/** Events are shared out by activity so that they total exactly the number asked for. */
async function writeEvents(
  size: ShopSize,
  catalog: SimulatedCatalog,
  activity: Float64Array,
  period: Period,
  file: LineFile,
  onEvents: (done: number) => void,
): Promise<void> {
  const total = activity.reduce((sum, own) => sum + own, 0);
  const suggestions = createSuggestions(size.seed, catalog);
  let shared = 0;
  let done = 0;
  for (let user = 0; user < size.users; user++) {
    shared += activity[user] ?? 0;
    const upTo = user === size.users - 1 ? size.events : Math.round((size.events * shared) / total);
    if (upTo > done) {
      const simulated = simulateUser(size.seed, user, catalog);
      const random = createRandom(size.seed, 5, user);
      let due = false;
      shop(
        simulated,
        catalog,
        suggestions,
        random,
        upTo - done,
        period,
        (timestamp, session, action, product, query) => {
          due = file.add(`${timestamp},${user},${session},${ACTIONS.indexOf(action)},${product},${query}`);
        },
      );
      if (due) await file.flush();
      done = upTo;
      onEvents(done);
    }
  }
  await file.close();
}

const PIECE = 1 << 20;

interface LineFile {
  readonly path: string;
  /** true when `flush` is due */
  add(line: string): boolean;
  flush(): Promise<void>;
  close(): Promise<void>;
}

async function createLineFile(path: string): Promise<LineFile> {
  const file = await open(path, 'w');
  let pending = '';
  const flush = async () => {
    const text = pending;
    pending = '';
    await file.appendFile(text);
  };
  return {
    path,
    add(line) {
      pending += `${line}\n`;
      return pending.length > PIECE;
    },
    flush,
    async close() {
      await flush();
      await file.close();
    },
  };
}
