// The admin application over a small shop on a real Elasticsearch, with requests that carry the key.
import { expect } from '@jest/globals';
import supertest from 'supertest';
import { createAdminApp } from '../../src/http/admin-app.js';
import { openShop } from '../models/support/shop.js';

export const KEY = 'adm_test_key';

export async function openAdmin() {
  const shop = await openShop('elasticsearch');
  const logged: object[] = [];
  const log = { error: (details: object) => void logged.push(details) };
  const app = createAdminApp({ ...shop, adminKeys: ['adm_other_key', KEY], log });
  const agent = supertest.agent(app).set('X-Kindred-Key', KEY);
  return { shop, app, agent, logged };
}

export type Admin = Awaited<ReturnType<typeof openAdmin>>;

/** What a problem answer must look like. */
export function problem(status: number, code: string) {
  return expect.objectContaining({
    status,
    type: 'application/problem+json',
    body: expect.objectContaining({
      type: 'about:blank',
      title: expect.any(String),
      status,
      code,
      detail: expect.stringMatching(/^[^\n]+$/),
      errors: expect.any(Array),
    }),
  });
}
