// What sessions click next: the SQL's steps and strengths against the same counted plainly.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Model, modelSchema } from '../../../src/core/model/model.js';
import { productId } from '../../../src/core/profile/profile.js';
import { below, createRandom } from '../../../src/datasets/simulate/random.js';
import { writeDataset } from '../../helpers/write-dataset.js';
import { AS_OF, profilesOf } from '../profiles-of.js';

interface Event {
  timestamp: string;
  user_id: string | null;
  session_id: string | null;
  client_id: string | null;
  action_name: string;
  object_id: string;
}
interface Visit {
  user?: string;
  session?: string | null;
  client?: string;
  action?: string;
  /** seconds between clicks */
  pause?: number;
  clicks: readonly string[];
}
const START = AS_OF - 10 * 86_400_000;
const events = ({ user, session, client, action = 'view', pause = 10, clicks }: Visit): Event[] =>
  clicks.map((object_id, place) => ({
    timestamp: new Date(START + place * pause * 1_000).toISOString(),
    user_id: user ?? null,
    session_id: session ?? null,
    client_id: client ?? null,
    action_name: action,
    object_id,
  }));
const model = modelSchema.parse({
  id: 'm',
  name: 'M',
  globalAffinityFields: [{ field: 'brand', weight: 100 }],
  eventWeights: [
    { event: 'purchase', weight: 60 },
    { event: 'view', weight: 40 },
  ],
  products: { related: 25 },
});

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kindred-test-'));
  const ids = ['shoe', 'hat'].flatMap((category) => Array.from({ length: 12 }, (_, n) => `${category}${n}`));
  const products = ids.map((object_id) => {
    const category = object_id.replace(/\d+$/, '');
    return { object_id, title: object_id, category, brand: `b${object_id.length}` };
  });
  await writeDataset(dir, { products });
});
afterAll(() => rm(dir, { recursive: true }));

/** Product → what is clicked next, strongest first. */
async function nextOf(visits: readonly Visit[], trained: Model = model) {
  // Somebody must have a profile, or there is nothing to train.
  const buyer: Visit = { user: 'buyer', action: 'purchase', clicks: ['shoe0', 'shoe1', 'hat10'] };
  await writeDataset(dir, { events: [buyer, ...visits].flatMap(events) });
  const documents = await profilesOf(dir, trained);
  return (objectId: string) =>
    (documents.get(productId(objectId))?.neighbours?.next ?? []).map(
      ([id, strength]) => [id, strength] as const,
    );
}

/** The formula over plain counts. */
function counted(sessions: readonly (readonly string[])[]): Map<string, Map<string, number>> {
  const steps: [string, string][] = [];
  for (const category of ['shoe', 'hat'])
    for (const session of sessions) {
      const clicks = session.filter((id) => id.startsWith(category));
      clicks.forEach((id, place) => {
        const next = clicks[place + 1];
        if (next !== undefined && next !== id) steps.push([id, next]);
      });
    }
  const count = (which: (step: [string, string]) => boolean) => steps.filter(which).length;
  const strengths = new Map<string, Map<string, number>>();
  for (const [i, v] of steps) {
    const all = count(([from]) => from.slice(0, 3) === i.slice(0, 3));
    const [away, toward] = [count(([from]) => from === i), count(([, to]) => to === v)];
    const strength = (count(([from, to]) => from === i && to === v) - (away * toward) / all) / (away + 20);
    if (strength > 0) strengths.set(i, (strengths.get(i) ?? new Map<string, number>()).set(v, strength));
  }
  return strengths;
}

test('strengths are those of plain counts, over categories, known people and nobody', async () => {
  const random = createRandom(4);
  const sessions = Array.from({ length: 80 }, () =>
    Array.from(
      { length: 2 + below(random, 8) },
      () => `${['shoe', 'hat'][below(random, 2)]}${below(random, 5)}`,
    ),
  );
  const next = await nextOf(
    sessions.map((clicks, place) => ({
      ...(place % 2 === 0 && { user: `u${place % 7}` }),
      session: `s${place}`,
      action: place % 3 === 0 ? 'click' : 'view',
      clicks,
    })),
  );
  const expected = counted(sessions);
  expect(expected.size).toBeGreaterThan(5);
  for (const [objectId, strengths] of expected) {
    const found = new Map(next(objectId));
    expect([...found.keys()].sort()).toEqual([...strengths.keys()].sort());
    for (const [id, strength] of strengths) expect(found.get(id)).toBeCloseTo(strength, 6);
  }
});

describe('what counts', () => {
  const ids = (found: readonly (readonly [string, number])[]) => found.map(([id]) => id);
  const others: Visit = { session: 'others', clicks: ['shoe7', 'shoe8', 'shoe9', 'shoe7'] };

  test('the direction: what is next is not what was before', async () => {
    const visits = Array.from({ length: 5 }, (_, n) => ({
      session: `s${n}`,
      clicks: ['shoe1', 'hat2', 'shoe2'],
    }));
    const next = await nextOf([...visits, others]);
    expect(ids(next('shoe1'))).toEqual(['shoe2']);
    expect(next('shoe2')).toEqual([]);
    expect(next('hat2')).toEqual([]);
  });

  test("without a session id a client's clicks, as far as they follow each other", async () => {
    const quick: Visit = { client: 'c1', clicks: ['shoe1', 'shoe2'] };
    const slow: Visit = { client: 'c2', clicks: ['shoe3', 'shoe4'], pause: 40 * 60 };
    const slowSession: Visit = { session: 's', clicks: ['shoe5', 'shoe6'], pause: 40 * 60 };
    const next = await nextOf([quick, slow, slowSession, others]);
    expect([ids(next('shoe1')), ids(next('shoe3')), ids(next('shoe5'))]).toEqual([['shoe2'], [], ['shoe6']]);
    expect(ids((await nextOf([{ clicks: ['shoe1', 'shoe2'] }, others]))('shoe1'))).toEqual([]);
  });

  test('views and clicks under any of their names, no purchases, and none that the model does not weigh', async () => {
    const named = (action: string) => nextOf([{ session: 's', action, clicks: ['shoe1', 'shoe2'] }, others]);
    expect(ids((await named('view_item'))('shoe1'))).toEqual(['shoe2']);
    expect(ids((await named('purchase'))('shoe1'))).toEqual([]);
    const purchases = { ...model, eventWeights: [{ event: 'purchase', weight: 100 }] };
    expect(
      (await nextOf([{ session: 's', clicks: ['shoe1', 'shoe2'] }, others], purchases))('shoe1'),
    ).toEqual([]);
  });

  test('only the first 500 clicks of a session in a category', async () => {
    const robot: Visit = {
      session: 'robot',
      clicks: Array.from({ length: 2_000 }, (_, n) => `shoe${n < 500 ? n % 3 : 3 + (n % 3)}`),
    };
    const next = await nextOf([robot, others]);
    expect(ids(next('shoe0'))).toEqual(['shoe1']);
    expect([next('shoe3'), next('shoe4'), next('shoe5')]).toEqual([[], [], []]);
  });

  test('nothing where the model does not follow sessions, or wants no related products', async () => {
    const visits: Visit[] = [{ session: 's', clicks: ['shoe1', 'shoe2'] }, others];
    const without = { ...model, profiles: { ...model.profiles, inSession: false } };
    expect((await nextOf(visits, without))('shoe1')).toEqual([]);
    expect((await nextOf(visits, { ...model, products: { buyAgain: 35, related: 0 } }))('shoe1')).toEqual([]);
  });
});
