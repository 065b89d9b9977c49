// The shape of the code: which room may import which, where settings come from, and files one can take in at once.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize, sep } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const PURE = ['core', 'query'];
const TOOLS = [...PURE, 'engine', 'duckdb'];
const WORK = [
  ...['contract', 'sessions', 'profiles', 'privacy', 'events', 'models', 'alerts', 'search'],
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
  alerts: [...PURE, 'engine', 'contract', 'models'],
  search: [...PURE, 'engine', 'contract', 'profiles'],
  datasets: TOOLS,
  training: [...TOOLS, 'datasets'],
  evaluation: [...TOOLS, 'profiles', 'datasets', 'training', 'models', 'search'],
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
const MAX_LINES = 250;
const MAX_FILES = 20;

interface Source {
  readonly path: string;
  readonly room: string;
  readonly text: string;
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) =>
  /\.(tsx?|sql)$/.test(path),
);
const sources: readonly Source[] = files
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

function importedFiles({ path, text }: Source): string[] {
  return specifiers(text)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => normalize(join(path, '..', specifier)).replace(/\.js$/, '.ts'));
}

/** Files on a circle of imports: those that are left when files without importers or without imports are taken away. */
function circles(imports: ReadonlyMap<string, readonly string[]>): string[] {
  let left = new Map(imports);
  for (;;) {
    const imported = new Set([...left.values()].flat());
    const next = new Map(
      [...left].filter(([file, its]) => imported.has(file) && its.some((path) => left.has(path))),
    );
    if (next.size === left.size) return [...left.keys()].sort();
    left = next;
  }
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

  test('no two files import each other, directly or through others', () => {
    expect(circles(new Map(sources.map((source) => [source.path, importedFiles(source)])))).toEqual([]);
    const circle = new Map([
      ['a.ts', ['b.ts']],
      ['b.ts', ['c.ts', 'd.ts']],
      ['c.ts', ['a.ts']],
    ]);
    expect(circles(circle)).toEqual(['a.ts', 'b.ts', 'c.ts']);
  });

  test(`no folder has more than ${MAX_FILES} files`, () => {
    const folders = new Set(files.map(dirname));
    const crowded = [...folders].filter(
      (folder) => files.filter((path) => dirname(path) === folder).length > MAX_FILES,
    );
    expect(crowded).toEqual([]);
  });

  test('no two files of a room have the same name', () => {
    const named = files.map((path) => `${path.split(sep)[0]}: ${basename(path)}`);
    expect(named.filter((name, position) => named.indexOf(name) !== position)).toEqual([]);
  });

  test(`no file has more than ${MAX_LINES} lines`, () => {
    const long = sources.filter(({ text }) => text.trimEnd().split('\n').length > MAX_LINES);
    expect(long.map(({ path }) => path)).toEqual([]);
  });
});
