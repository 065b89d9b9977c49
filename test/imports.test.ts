// The shape of the code: which room may import which, where settings come from, and files one can take in at once.
import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize, sep } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const PURE = ['core', 'query'];
const TOOLS = [...PURE, 'engine', 'duckdb'];
const WORK = [
  ...['contract', 'sessions', 'profiles', 'privacy', 'events', 'models', 'search'],
  ...['datasets', 'training', 'evaluation'],
];

/** What each room may import beside itself. Data flows one way: no room is reachable from what it imports. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  query: ['core'],
  terminal: [],
  engine: ['core'],
  duckdb: ['core'],
  contract: ['core'],
  sessions: PURE,
  profiles: [...PURE, 'engine', 'contract'],
  events: [...PURE, 'engine', 'contract', 'sessions'],
  privacy: [...PURE, 'engine', 'contract', 'sessions', 'profiles'],
  models: [...PURE, 'engine', 'contract'],
  search: [...PURE, 'engine', 'contract', 'profiles'],
  datasets: TOOLS,
  training: [...TOOLS, 'datasets'],
  evaluation: [...TOOLS, 'profiles', 'datasets', 'training'],
  http: ['core', 'contract', 'privacy', 'events', 'models', 'search'],
  server: [...TOOLS, ...WORK, 'http'],
  bench: [...TOOLS, ...WORK, 'terminal', 'server'],
  demo: [...TOOLS, ...WORK, 'terminal', 'server'],
  cli: [...TOOLS, ...WORK, 'terminal', 'server', 'bench', 'demo'],
  console: ['core', 'contract'],
};

/** The pure rooms name every package they use. */
const MAY_USE: Readonly<Record<string, readonly string[]>> = { core: ['zod'], query: ['zod', 'node:buffer'] };

const READS_ENVIRONMENT = ['cli', 'server', 'bench', 'demo', 'console'];
const LONGEST = 250;

interface Source {
  readonly path: string;
  readonly room: string;
  readonly text: string;
}

const sources: readonly Source[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path, room: path.split(sep)[0] ?? '', text: readFileSync(join('src', path), 'utf8') }));

/** Everything a file imports or exports from, types and dynamic imports included. */
function specifiers(text: string): string[] {
  return [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)(['"])([^'"\n]+)\1/g)].map(
    ([, , name]) => name ?? '',
  );
}

/** What a file may not import, as lines to read. */
function offences({ path, room, text }: Source): string[] {
  const rooms = [room, ...(MAY_IMPORT[room] ?? [])];
  return specifiers(text).flatMap((specifier) => {
    if (!specifier.startsWith('.')) {
      const allowed = MAY_USE[room]?.includes(specifier) ?? true;
      return allowed ? [] : [`src/${path} uses ${specifier}`];
    }
    const target = normalize(join(path, '..', specifier)).split(sep)[0] ?? '';
    return rooms.includes(target) ? [] : [`src/${path} imports ${specifier}`];
  });
}

describe('the shape of src', () => {
  test('is made of the rooms of the table', () => {
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.filter(({ room }) => !(room in MAY_IMPORT)).map(({ path }) => path)).toEqual([]);
  });

  test('imports go one way', () => {
    expect(sources.flatMap(offences)).toEqual([]);
  });

  test('the check finds what it looks for', () => {
    const bad = (text: string) => offences({ path: join('core', 'x.ts'), room: 'core', text });
    expect(bad("import type { A } from '../engine/client.js';")).toHaveLength(1);
    expect(bad("import {\n  a,\n  b,\n} from '../query/scan.js';")).toHaveLength(1);
    expect(bad("export { a } from '../../test/x.js';")).toHaveLength(1);
    expect(bad("const a = await import('../cli/x.js');")).toHaveLength(1);
    expect(bad("import '../http/x.js';")).toHaveLength(1);
    expect(bad("import fs from 'node:fs';")).toHaveLength(1);
    expect(bad("import { z } from 'zod';\nimport { b } from './event.js';")).toEqual([]);
  });

  test('only the commands read the environment', () => {
    const readers = sources.filter(
      ({ room, text }) => !READS_ENVIRONMENT.includes(room) && /\bprocess\.env\b/.test(text),
    );
    expect(readers.map(({ path }) => path)).toEqual([]);
  });

  test('every file begins by saying what it is for', () => {
    const silent = sources.filter(({ text }) => !/^(#!.*\n)?\/\/ \S/.test(text));
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  test(`no file has more than ${LONGEST} lines`, () => {
    const long = sources.filter(({ text }) => text.trimEnd().split('\n').length > LONGEST);
    expect(long.map(({ path }) => path)).toEqual([]);
  });
});
