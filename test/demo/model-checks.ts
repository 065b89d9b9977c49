// A merchandiser's second model, from the first draft to a rollback, while the storefront keeps searching.
import { expect, test } from '@jest/globals';
import type { Quality } from '../../src/core/model/quality-verdict.js';
import { eventually } from '../helpers/eventually.js';
import { expectSame } from './plain-checks.js';
import type { RunningDemo } from './run-demo.js';
import { admin, ids, plain, type SearchAnswer, search, storefront } from './shop-client.js';

export const MODEL = {
  name: 'Colour first',
  globalAffinityFields: [
    { field: 'color', weight: 66.67 },
    { field: 'size', weight: 33.33 },
  ],
  eventWeights: [
    { event: 'purchase', weight: 60 },
    { event: 'view', weight: 40 },
  ],
  profiles: { group: false },
  timeDecay: '90d',
};

export interface ModelView {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly activeVersion: number | null;
  readonly quality: Quality;
}

const BODY = storefront('shirt', { size: 100 });

export function modelChecks(demo: RunningDemo): void {
  const [user] = demo.shoppers;
  const order = async (kindred?: string) =>
    ids(await search(demo, BODY, { user, ...(kindred !== undefined && { kindred }) }));
  let underDefault: string[] = [];
  let underSecond: string[] = [];

  test('a second model, created, trained from the event index, saved and activated, changes the order', async () => {
    underDefault = await order();
    const { verdict, measured } = (await admin<ModelView>(demo, '/models/default')).json().quality;
    expect([verdict, measured?.people]).toEqual(['better', expect.any(Number)]);
    const created = await admin<ModelView>(demo, '/models', { body: MODEL });
    expect(created.status).toBe(201);
    expect(created.json()).toMatchObject({ id: 'colour_first', state: 'draft', activeVersion: null });
    await train(demo, 'colour_first');
    expect(await order()).toEqual(underDefault);
    await activate(demo, 'colour_first');
    await servedBy(demo, 'colour_first@1');
    underSecond = await order();
    expect(underSecond).not.toEqual(underDefault);
    const { plan = [] } = (await search(demo, BODY, { user, kindred: 'explain' })).json().ext?.kindred ?? {};
    expect(new Set(plan.map(({ field }) => field))).toEqual(new Set(['color', 'size']));
  });

  test('one request may ask for the other model, another impact, or none', async () => {
    expect(await order('model=default')).toEqual(underDefault);
    const off = await search(demo, BODY, { user, kindred: 'impact=0' });
    expect(off.header('x-personalization')).toBe('skipped; reason=off');
    expectSame(off, await plain(demo, BODY));
    const moved = [];
    for (const impact of [10, 50, 100])
      moved.push(distance((await search(demo, BODY, { user, kindred: `impact=${impact}; explain` })).json()));
    const [little = 0, half = 0, full = 0] = moved;
    expect(little).toBeGreaterThan(0);
    expect(half).toBeGreaterThan(little);
    expect(full).toBeGreaterThan(half);
  });

  test('editing the active model leaves it serving until the new version is activated', async () => {
    const read = await admin<object>(demo, '/models/colour_first');
    const body = { ...read.json(), globalAffinityFields: [{ field: 'brand', weight: 100 }] };
    const edit = (ifMatch?: string) =>
      admin<ModelView>(demo, '/models/colour_first', {
        method: 'PUT',
        body,
        ...(ifMatch !== undefined && { ifMatch }),
      });
    expect((await edit()).status).toBe(428);
    const edited = await edit(read.header('etag'));
    expect(edited.json()).toMatchObject({ state: 'draft', version: 1, activeVersion: 1 });
    expect((await edit(read.header('etag'))).status).toBe(412);
    expect((await admin(demo, '/models/colour_first/activate', { method: 'POST' })).status).toBe(409);

    await train(demo, 'colour_first');
    await servedBy(demo, 'colour_first@1');
    expect(await order()).toEqual(underSecond);
    await activate(demo, 'colour_first');
    await servedBy(demo, 'colour_first@2');
    expect(await order()).not.toEqual(underSecond);
  });

  test('rollback serves the first version again', async () => {
    const back = await admin<ModelView>(demo, '/models/colour_first/versions/1/rollback', { method: 'POST' });
    expect(back.json()).toMatchObject({ state: 'active', activeVersion: 1, ...{ timeDecay: '90d' } });
    await servedBy(demo, 'colour_first@1');
    expect(await order()).toEqual(underSecond);
    expect((await admin(demo, '/models/colour_first/versions/9/rollback', { method: 'POST' })).status).toBe(
      404,
    );
  });
}

/** Starts a training by the API and follows it to its end. */
async function train(demo: RunningDemo, id: string): Promise<void> {
  const started = await admin(demo, `/models/${id}/training`, { method: 'POST' });
  expect(started.status).toBe(202);
  await eventually(async () => {
    const { state, error } = (
      await admin<{ state: string; error: unknown }>(demo, `/models/${id}/training`)
    ).json();
    expect({ state, error }).toEqual({ state: 'completed', error: null });
  });
}

/** These models leave out most of what the default one knows: where that is found worse, it takes insisting. */
async function activate(demo: RunningDemo, id: string): Promise<void> {
  const saved = await admin<ModelView>(demo, `/models/${id}/save`, { method: 'POST' });
  expect(saved.json().state).toBe('saved');
  const path = `/models/${id}/activate`;
  if (saved.json().quality.verdict === 'worse') {
    const refused = await admin<{ code: string }>(demo, path, { method: 'POST' });
    expect([refused.status, refused.json().code]).toEqual([409, 'quality-worse']);
  }
  const active = await admin<ModelView>(demo, `${path}?force=true`, { method: 'POST' });
  expect(active.json().state).toBe('active');
}

/** The running proxy follows, and answers all the while. */
export async function servedBy(demo: RunningDemo, version: string, user = demo.shoppers[0]): Promise<void> {
  await eventually(async () => {
    const answer = await search(demo, BODY, { user });
    expect(answer.status).toBe(200);
    expect(answer.header('x-personalization')).toContain(`applied; model=${version};`);
  });
}

/** How far the hits were moved, in places, together. */
function distance({ ext }: SearchAnswer): number {
  const hits = ext?.kindred.hits ?? [];
  return hits.reduce((sum, { rank, rank_without: without }) => sum + Math.abs((without ?? 500) - rank), 0);
}
