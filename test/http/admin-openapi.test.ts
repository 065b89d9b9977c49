// The OpenAPI document is complete, refers to nothing missing, and its schemas are what is served.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { DEFAULT_SETTINGS } from '../../src/models/store/settings-store.js';
import { SUMMER } from '../models/support/shop.js';
import { type Admin, openAdmin } from './admin-shop.js';

let admin: Admin;
beforeAll(async () => {
  admin = await openAdmin();
});
afterAll(() => admin.close());

const routes = () => admin.routes;

test('it describes every operation, and every reference leads somewhere', async () => {
  const { body } = await admin.agent.get('/openapi.json');
  const described = Object.entries<object>(body.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method} ${path}`),
  );
  expect(described.sort()).toEqual(
    routes()
      .map(({ method, path }) => `${method} /api${path}`)
      .sort(),
  );
  const references = [...JSON.stringify(body).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
  expect(references.length).toBeGreaterThan(10);
  for (const [, name] of references) expect(body.components.schemas).toHaveProperty(String(name));
  expect(body.paths['/api/settings'].put.parameters).toContainEqual(
    expect.objectContaining({ name: 'If-Match', in: 'header', required: true }),
  );
  expect(body.components.schemas.ModelInput.required).toEqual([
    'name',
    'globalAffinityFields',
    'eventWeights',
  ]);
  const ids = Object.values<object>(body.paths).flatMap((operations) =>
    Object.values<{ operationId: string }>(operations as never).map(({ operationId }) => operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test('answers have the described status and shape', async () => {
  const { agent } = admin;
  const seen = new Set<string>();
  const check = async (
    method: 'get' | 'post' | 'put' | 'delete',
    template: string,
    path: string,
    body?: object,
  ) => {
    const operation = routes().find((route) => route.method === method && route.path === template);
    if (!operation) throw new Error(`${method} ${template} is not served`);
    const request = agent[method](`/api${path}`).set('If-Match', '*');
    const answer = await (body ? request.send(body) : request);
    expect([method, path, answer.status, answer.body?.detail]).toEqual([
      method,
      path,
      operation.status ?? 200,
      undefined,
    ]);
    const schema: z.ZodType | undefined = operation.answer;
    if (schema)
      expect([method, path, schema.safeParse(answer.body).error]).toEqual([method, path, undefined]);
    expect([method, path, answer.headers.etag !== undefined]).toEqual([
      method,
      path,
      operation.answersEtag ?? false,
    ]);
    seen.add(`${method} ${template}`);
  };
  await check('get', '/session', '/session');
  await check('get', '/settings', '/settings');
  await check('put', '/settings', '/settings', DEFAULT_SETTINGS);
  await check('get', '/presets', '/presets');
  await check('post', '/models', '/models', SUMMER);
  await check('get', '/models', '/models');
  await check('get', '/models/{id}', '/models/summer');
  await check('put', '/models/{id}', '/models/summer', SUMMER);
  const open = admin.shop.trainer.block();
  await check('post', '/models/{id}/training', '/models/summer/training');
  await check('get', '/models/{id}/training', '/models/summer/training');
  await check('delete', '/models/{id}/training', '/models/summer/training');
  open();
  await admin.shop.lifecycle.close();
  await (await admin.shop.lifecycle.start('summer', { actor: 'test' })).finished;
  await check('post', '/models/{id}/save', '/models/summer/save');
  await check('post', '/models/{id}/activate', '/models/summer/activate?force=true');
  await check('get', '/models/{id}/versions', '/models/summer/versions');
  await check('post', '/models/{id}/versions/{n}/rollback', '/models/summer/versions/1/rollback');
  await check('get', '/models/{id}/schedule', '/models/summer/schedule');
  await check('put', '/models/{id}/schedule', '/models/summer/schedule', { cron: '0 3 * * *' });
  await check('delete', '/models/{id}/schedule', '/models/summer/schedule');
  await check('get', '/catalogs/{index}/fields', '/catalogs/products/fields');
  await check('get', '/catalogs/{index}/customers', '/catalogs/products/customers');
  await check('get', '/catalogs/{index}/values', '/catalogs/products/values?field=color&q=RE');
  await check('get', '/readiness', '/readiness?model=summer');
  await check('get', '/events/recent', '/events/recent?limit=2');
  await check('post', '/preview', '/preview', { variants: [{ model: 'summer' }] });
  await check('post', '/preview/examples', '/preview/examples', { variants: [{ model: 'summer' }] });
  await check('get', '/people', '/people?limit=3');
  await check('get', '/users/{id}', '/users/u1?category=shoes');
  await check('get', '/users/{id}/export', '/users/u1/export');
  await check('delete', '/users/{id}', '/users/u1');
  await check('get', '/reach', '/reach?model=summer');
  const event = { action_name: 'view', timestamp: '2026-01-07T12:00:00Z', user_id: 'u9' };
  const object = { object: { object_id: 'p1' } };
  await check('post', '/events/test', '/events/test', { ...event, event_attributes: object });
  await admin.agent.post('/api/events/test').send({ ...event, event_attributes: {} });
  await check('get', '/events/feed', '/events/feed?after=0');
  await check('get', '/events/example', '/events/example');
  await check('get', '/overview', '/overview');
  await check('get', '/alerts', '/alerts');
  await check('post', '/alerts/test', '/alerts/test');
  await check('get', '/events/summary', '/events/summary');
  await check('get', '/audit', '/audit');
  await check('post', '/models', '/models', { ...SUMMER, name: 'Gone' });
  await check('delete', '/models/{id}', '/models/gone');
  expect(seen.size).toBe(routes().length);
});
