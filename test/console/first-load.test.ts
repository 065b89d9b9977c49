// What a browser loads before the first page is there: under 300 kB, whichever page is opened.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly isDynamicEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

const DIST = 'dist/console';
/** 300 kB, with kB as networks count them. */
const MOST = 300_000;

const chunks: Record<string, Chunk> = JSON.parse(readFileSync(join(DIST, '.vite', 'manifest.json'), 'utf8'));

/** Everything that must be there before the chunk can run. */
function filesOf(name: string, seen = new Set<string>()): Set<string> {
  const chunk = chunks[name];
  if (!chunk) throw new Error(`no chunk ${name} in the manifest`);
  if (seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const css of chunk.css ?? []) seen.add(css);
  for (const imported of chunk.imports ?? []) filesOf(imported, seen);
  return seen;
}

const sizes = new Map<string, number>();
function sizeOf(file: string): number {
  const known = sizes.get(file) ?? gzipSync(readFileSync(join(DIST, file))).byteLength;
  sizes.set(file, known);
  return known;
}

const [entry = ''] = Object.keys(chunks).filter((name) => chunks[name]?.isEntry);
const pages = Object.keys(chunks).filter((name) => chunks[name]?.isDynamicEntry && /-page\.tsx$/.test(name));

test('every page is a chunk of its own', () => {
  expect(pages.length).toBeGreaterThan(1);
  const first = filesOf(entry);
  for (const page of pages) expect(first.has(chunks[page]?.file ?? '')).toBe(false);
});

test.each(pages)('%s and what it needs stay under 300 kB, compressed', (page) => {
  const files = new Set([...filesOf(entry), ...filesOf(page)]);
  const total = [...files].reduce((sum, file) => sum + sizeOf(file), 0);
  // React and the components alone are more than this: a total below it measured nothing.
  expect(total).toBeGreaterThan(100_000);
  expect(total).toBeLessThan(MOST);
});
