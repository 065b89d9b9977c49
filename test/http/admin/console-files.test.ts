// The console as the admin listener serves it: a page at every path of it, a policy without inline scripts, kept assets.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import supertest from 'supertest';
import { createConsole } from '../../../src/http/admin/console-files.js';
import { notFound, problemHandler } from '../../../src/http/problem.js';

const folder = mkdtempSync(join(tmpdir(), 'kindred-console-'));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'assets'));
writeFileSync(
  join(folder, 'index.html'),
  '<meta property="csp-nonce" nonce="nonce-of-this-answer"><script src="/assets/app-1a2b.js" nonce="nonce-of-this-answer"></script>',
);
const script = `export const words = ${JSON.stringify('kindred '.repeat(500))};`;
writeFileSync(join(folder, 'assets', 'app-1a2b.js'), script);
writeFileSync(join(folder, 'secret.txt'), 'not for browsers');

function serve(path: string) {
  const app = express().use(createConsole(pathToFileURL(`${path}/`)));
  return supertest(app.use(notFound, problemHandler({ error: () => {} })));
}
const built = serve(folder);
const opens = { Accept: 'text/html,application/xhtml+xml' };

describe('the page', () => {
  test.each(['/', '/personalization', '/personalization/summer/training', '/people/u%2F1', '/no/such/page'])(
    'is at %s',
    async (path) => {
      const { text, headers } = await built.get(path).set(opens).expect(200);
      expect(headers['content-type']).toMatch(/^text\/html/);
      expect(text).toContain('/assets/app-1a2b.js');
    },
  );

  test('lets styles through with the nonce of this very answer, and no inline script', async () => {
    const [first, second] = [await built.get('/').expect(200), await built.get('/').expect(200)];
    const nonces = [first, second].map(({ headers, text }) => {
      const policy = headers['content-security-policy'] ?? '';
      expect(policy).toMatch(/default-src 'none'.*script-src 'self';.*frame-ancestors 'none'/);
      expect(policy).not.toMatch(/unsafe-/);
      const [, nonce = ''] = /style-src 'self' 'nonce-([\w+/=]{24})'/.exec(policy) ?? [];
      expect(text.split(`nonce="${nonce}"`)).toHaveLength(3);
      return nonce;
    });
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  test.each([
    ['/personalization', '*/*'],
    ['/api/nothing', opens.Accept],
    ['/assets/gone.js', opens.Accept],
  ])('is not at %s for %s', async (path, accept) => {
    const { body } = await built.get(path).set('Accept', accept).expect(404);
    expect(body.code).toBe('not-found');
  });

  test('takes no other method', async () => {
    expect((await built.post('/').expect(405)).headers.allow).toBe('HEAD, GET');
  });

  test('says what to do when it was not built', async () => {
    const { body } = await serve(join(folder, 'nowhere')).get('/').expect(503);
    expect(body).toMatchObject({
      code: 'console-not-built',
      detail: expect.stringContaining('npm run build'),
    });
  });
});

describe('assets', () => {
  test('are kept by browsers for good, compressed for those that can', async () => {
    const zipped = await built.get('/assets/app-1a2b.js').set('Accept-Encoding', 'gzip').expect(200);
    expect(zipped.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': expect.stringMatching(/javascript/),
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    });
    expect(Number(zipped.headers['content-length'])).toBeLessThan(script.length / 4);
    expect(zipped.text).toBe(script);
    const plain = await built.get('/assets/app-1a2b.js').set('Accept-Encoding', 'identity').expect(200);
    expect([plain.headers['content-encoding'], plain.text]).toEqual([undefined, script]);
  });

  test.each([
    '/assets/..%2Fsecret.txt',
    '/assets/%2e%2e',
    '/assets/..%5Csecret.txt',
    '/assets/',
    '/assets/%00',
  ])('nothing outside their folder: %s', async (path) => {
    const { text } = await built.get(path).expect(404);
    expect(text).not.toContain('not for browsers');
  });
});

test('the build is served as it is: its page has the places for the nonce', async () => {
  const dist = 'dist/console';
  expect(existsSync(dist)).toBe(true);
  const { text } = await serve(`${process.cwd()}/${dist}`).get('/').expect(200);
  expect(text).not.toContain('nonce-of-this-answer');
  const scripts = [...text.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
  expect(scripts.length).toBeGreaterThan(0);
  for (const tag of scripts) expect(tag).toMatch(/ src="\/assets\/[\w.-]+"/);
  expect(text).not.toMatch(/<style|style="|onload|javascript:/);
  const names = readdirSync(join(dist, 'assets'));
  expect(names.filter((name) => !/-[\w-]{8}\.(js|css|svg)$/.test(name))).toEqual([]);
});
