// Packaging, as far as it can be checked without Docker: the CI script, the compose file, the decisions.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

const folder = mkdtempSync(join(tmpdir(), 'kindred-ci-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the CI script with an `npm` that answers `npm test` with this summary and status. */
function runCi(summary: string, status: number): { last: string | undefined; status: number | null } {
  const npm = join(folder, 'npm');
  const script = `#!/bin/sh\n[ "$1" = test ] || exit 0\nprintf '${summary}\\n'\nexit ${status}\n`;
  writeFileSync(npm, script);
  chmodSync(npm, 0o755);
  const run = spawnSync('bash', [new URL('.ci/run', root).pathname], {
    env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
    encoding: 'utf8',
  });
  return { last: run.stdout.trimEnd().split('\n').at(-1), status: run.status };
}

describe('.ci/run', () => {
  test.each([
    ['Tests:       125 passed, 125 total', 0, '125 passed, 0 failed, 0 skipped'],
    ['Tests:       3 failed, 2 skipped, 120 passed, 125 total', 1, '120 passed, 3 failed, 2 skipped'],
    ['\\033[1mTests:       \\033[22m\\033[32m7 passed\\033[39m, 7 total', 0, '7 passed, 0 failed, 0 skipped'],
    ['Tests:       9 passed, 9 total', 1, '9 passed, 1 failed, 0 skipped'],
    ['src/a.ts: lint error', 2, '0 passed, 1 failed, 0 skipped'],
  ])('%s with status %i ends in: %s', (summary, status, line) => {
    expect(runCi(summary, status)).toEqual({ last: line, status });
  });
});

test('docker-compose.yml publishes on loopback only and holds no secret', () => {
  type Service = { ports: string[]; environment?: Record<string, string> };
  const { services }: { services: Record<string, Service> } = parse(read('docker-compose.yml'));
  expect(Object.keys(services)).toEqual(['elasticsearch', 'redis', 'kindred']);
  for (const { ports, environment = {} } of Object.values(services)) {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    for (const [name, value] of Object.entries(environment))
      if (/PASSWORD|KEYS/.test(name)) expect(value).toMatch(/^\$\{[A-Z_]+:\?/);
  }
});

test('everything the image copies exists or is built', () => {
  const copied = [...read('Dockerfile').matchAll(/^COPY --from=build (.*) \S+$/gm)].flatMap(([, paths]) =>
    paths!.split(' ').map((path) => path.replace('/app/', '')),
  );
  const present = readdirSync(root);
  expect(
    copied.filter((path) => !['dist', 'node_modules'].includes(path) && !present.includes(path)),
  ).toEqual([]);
  expect(copied).toEqual(
    expect.arrayContaining(['bin', 'mappings', 'scripts', 'dist', 'node_modules', 'package.json']),
  );
});

test('the build puts every SQL file beside the code that runs it', () => {
  const files = readdirSync(new URL('src', root), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.sql'),
  );
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((path) => read(`dist/${path}`) !== read(`src/${path}`))).toEqual([]);
});

test('every dependency has a decision', () => {
  const decisions = readdirSync(new URL('docs/decisions', root)).map((name) =>
    read(`docs/decisions/${name}`),
  );
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  const names = Object.keys({ ...dependencies, ...devDependencies }).filter(
    (name) => !/^@types\/|globals$/.test(name),
  );
  expect(names.filter((name) => !decisions.some((text) => text.includes(`\`${name}\``)))).toEqual([]);
});
