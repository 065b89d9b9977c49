// docs/proxy.md has the tables of the code: what goes through, what is refused and why, what may be written.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { ENGINE_READS, REFUSED, whyNotServed } from '../../../src/search/request/engine-reads.js';
import { DOCUMENT_WRITES } from '../../../src/search/request/passed-writes.js';
import { parseRoute } from '../../../src/search/request/route.js';

const page = readFileSync(new URL('../../../docs/proxy.md', import.meta.url), 'utf8');
const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

/** The rows of the table under this head. */
function rowsUnder(head: string): string[] {
  const lines = page.slice(page.indexOf(`\n${head}\n`) + 1).split('\n');
  return lines.slice(
    2,
    lines.findIndex((line) => !line.startsWith('|')),
  );
}

test('reads', () => {
  expect(rowsUnder('| methods | path | the search credential needs |')).toEqual(
    ENGINE_READS.map(
      ({ methods, paths, needs }) => `| ${code(methods.split(' '))} | ${code(paths)} | ${needs} |`,
    ),
  );
});

test('what is refused', () => {
  const rows = rowsUnder('| in a path, where the table above has no row for it | why |');
  expect(rows.slice(0, -2)).toEqual(REFUSED.map(({ names, why }) => `| ${code(names)} | ${why} |`));
});

test('writes', () => {
  expect(rowsUnder('| methods | path, with a listed `{index}` |')).toEqual(
    DOCUMENT_WRITES.map(({ methods, path }) => `| ${code(methods.split(' '))} | ${code([path])} |`),
  );
});

test.each(ENGINE_READS.flatMap(({ methods, paths }) => paths.map((path) => [methods, path] as const)))(
  '%s %s is served, with and without what may be absent, and by no other method',
  (methods, path) => {
    const named = path.replaceAll('{index}', 'products').replaceAll(/\{\w+\}/g, 'a');
    for (const target of [named.replaceAll(/[[\]]/g, ''), named.replaceAll(/\[[^\]]*\]/g, '')])
      for (const method of methods.split(' '))
        expect([method, target, parseRoute(method, target)?.kind]).toEqual([
          method,
          target,
          expect.stringMatching(/^(passthrough|nodes)$/),
        ]);
    for (const method of ['PUT', 'PATCH', 'OPTIONS'])
      expect(parseRoute(method, named.replaceAll(/[[\]]/g, ''))).toBeNull();
  },
);

test.each([
  ['/products/_delete_by_query', 'one such request'],
  ['/_cluster/state?local', 'for its operator'],
  ['/products/_bulk?x=/_tasks', 'passWrites'],
  ['/products', 'with this method'],
])('%s is refused in words', (target, words) => {
  expect(whyNotServed(target)).toContain(words);
});
