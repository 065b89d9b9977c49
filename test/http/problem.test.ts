// Errors as problems: what is shown, and what is told to the log.
import { expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { KindredError } from '../../src/core/errors.js';
import { problemHandler } from '../../src/http/problem.js';

test.each([
  ['a refusal', new KindredError('stale', 'read it again', { status: 412 }), 412, 'stale', false],
  [
    'a failure of the engine',
    new KindredError('events-not-stored', 'again', { status: 503 }),
    503,
    'events-not-stored',
    true,
  ],
  ['a defect', new Error('secret'), 500, 'internal-error', true],
])('%s', async (_name, error, status, code, logs) => {
  const logged: unknown[] = [];
  const app = express();
  app.get('/users/:id', () => {
    throw error;
  });
  app.use(problemHandler({ error: (details) => logged.push(details) }));
  const answer = await request(app).get('/users/anna');
  expect([answer.status, JSON.parse(answer.text).code]).toEqual([status, code]);
  expect(answer.text).not.toContain('secret');
  expect(logged).toEqual(logs ? [{ err: error, method: 'GET', route: '/users/:id' }] : []);
});
