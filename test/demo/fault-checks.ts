// Bad input is refused in one clear answer with nothing half written; broken profiles never cost a search.
import { expect, test } from '@jest/globals';
import { MODEL, type ModelView, servedBy } from './model-checks.js';
import { expectSame } from './plain-checks.js';
import type { RunningDemo } from './run-demo.js';
import { admin, ask, plain, search, storefront } from './shop-client.js';

interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly { readonly path: string }[];
}

export function faultChecks(demo: RunningDemo): void {
  const models = async () => (await admin<{ models: ModelView[] }>(demo, '/models')).json().models;
  const create = (body: unknown) => admin<Problem>(demo, '/models', { body });

  test.each([
    ['malformed JSON', '{"name":', 400, 'malformed-json', undefined],
    [
      'weights of 99',
      { ...MODEL, eventWeights: [{ event: 'view', weight: 99 }] },
      422,
      'invalid-content',
      'eventWeights',
    ],
    [
      'a field the catalog lacks',
      { ...MODEL, globalAffinityFields: [{ field: 'colour', weight: 100 }] },
      422,
      'invalid-content',
      'globalAffinityFields.0.field',
    ],
    ['an unknown setting', { ...MODEL, colour: 'red' }, 422, 'invalid-content', 'colour'],
    ['a name that is taken', MODEL, 409, 'name-taken', undefined],
  ])('a model with %s is refused and not kept', async (_name, body, status, code, path) => {
    const before = await models();
    const answer = await create(body);
    expect(answer.status).toBe(status);
    expect(answer.header('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({ code, detail: expect.stringMatching(/^[^\n]+$/) });
    expect(answer.json().errors[0]?.path).toBe(path);
    expect(await models()).toEqual(before);
  });

  test('a fourth model is refused; one that goes makes room', async () => {
    const third = await create({ ...MODEL, name: 'Third' });
    expect(third.status).toBe(201);
    const fourth = await create({ ...MODEL, name: 'Fourth' });
    expect({ status: fourth.status, code: fourth.json().code }).toEqual({
      status: 409,
      code: 'too-many-models',
    });
    expect(await models()).toHaveLength(3);
    const remove = (ifMatch?: string) =>
      admin(demo, '/models/third', { method: 'DELETE', ...(ifMatch !== undefined && { ifMatch }) });
    expect((await remove()).status).toBe(428);
    expect((await remove('"0.0"')).status).toBe(412);
    expect((await remove(third.header('etag'))).status).toBe(204);
    expect(await models()).toHaveLength(2);
  });

  test('the default and the active model stay', async () => {
    for (const id of ['default', 'colour_first'])
      expect((await admin(demo, `/models/${id}`, { method: 'DELETE', ifMatch: '*' })).status).toBe(409);
  });

  test('wrong keys are refused', async () => {
    const wrong = { headers: { 'x-kindred-key': 'wrong_key' } };
    expect((await admin(demo, '/models', wrong)).status).toBe(401);
    expect((await ask(`${demo.admin}/api/settings`)).status).toBe(401);
    expect((await ask(`${demo.proxy}/products/_search`, wrong)).status).toBe(401);
    expect((await admin(demo, '/settings', { headers: { 'x-kindred-key': demo.serverKey } })).status).toBe(
      401,
    );
  });

  test('a profile index that vanishes costs personalization, not the search, until another model is activated', async () => {
    const body = storefront('shirt');
    const index = 'kindred-profiles-colour_first-1';
    expect((await ask(`${demo.engine}/${index}`, { method: 'DELETE' })).status).toBe(200);
    const answer = await search(demo, body, { user: 'u7' });
    expect(answer.header('x-personalization')).toBe('skipped; reason=profile-error');
    expectSame(answer, await plain(demo, body));
    const again = await admin<Problem>(demo, '/models/colour_first/activate', { method: 'POST' });
    expect({ status: again.status, code: again.json().code }).toEqual({
      status: 409,
      code: 'profiles-missing',
    });
    expect((await admin(demo, '/models/default/activate', { method: 'POST' })).status).toBe(200);
    await servedBy(demo, 'default@1');
  });
}
