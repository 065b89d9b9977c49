// Downloads into the cache with a scripted Maven: whole or not at all, once, and with its words when it fails.
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { DISTRIBUTIONS } from '../../../src/engine/embedded/distribution.js';
import { installEngine } from '../../../src/engine/embedded/install-engine.js';
import { errorLine } from '../../../src/engine/embedded/log-file.js';

let root = '';
let bin = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kindred-install-'));
  bin = join(root, 'bin');
  await mkdir(bin);
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Maven as a script; it runs in the folder of the project. */
async function mavenDoes(script: string): Promise<void> {
  await writeFile(join(bin, 'mvn'), `#!/bin/sh\necho call >> ${root}/calls\n${script}\n`);
  await chmod(join(bin, 'mvn'), 0o755);
}

const MODULES = DISTRIBUTIONS.opensearch.modules.map(({ name }) => name).join(' ');
const UNPACKS = `
folder=server/opensearch-3.4.0
for module in ${MODULES}; do mkdir -p $folder/modules/$module; done
grep -q '<artifactId>antlr4-runtime</artifactId>' pom.xml || exit 9`;

function install(signal?: AbortSignal): Promise<string> {
  const env = { PATH: `${bin}:/usr/bin:/bin` };
  return installEngine(DISTRIBUTIONS.opensearch, { cacheDir: root, env, onProgress: () => {}, signal });
}

test('two at once download once, and get the modules their descriptors', async () => {
  await mavenDoes(UNPACKS);
  const [home, same] = await Promise.all([install(), install()]);
  expect(home).toBe(same);
  expect(await install()).toBe(home);
  expect(await readFile(join(root, 'calls'), 'utf8')).toBe('call\n');
  const painless = join(home, 'modules', 'lang-painless');
  expect(await readFile(join(painless, 'plugin-descriptor.properties'), 'utf8')).toContain(
    'classname=org.opensearch.painless.PainlessModulePlugin',
  );
  expect(await readFile(join(painless, 'plugin-security.policy'), 'utf8')).toContain('"createClassLoader"');
});

test('a broken download is no download: nothing stays but the log, and the next try succeeds', async () => {
  await mavenDoes(`${UNPACKS}\necho '[ERROR] Could not transfer artifact x: connection reset'; exit 1`);
  await expect(install()).rejects.toMatchObject({
    code: 'engine-download',
    message: expect.stringMatching(/connection reset \(log: .*download-opensearch.*\.log\)/),
  });
  expect(await readdir(join(root, 'engines'))).toEqual([]);
  await mavenDoes(UNPACKS);
  expect(existsSync(await install())).toBe(true);
});

test('a damaged file in the Maven repository does not stand in the way', async () => {
  await mavenDoes(`case "$*" in *maven.repo.local*) ;; *) exit 1;; esac\n${UNPACKS}`);
  expect(existsSync(await install())).toBe(true);
});

test('without Maven it says so; cancelled it stops', async () => {
  const env = { PATH: bin };
  const options = { cacheDir: root, env, onProgress: () => {} };
  await expect(installEngine(DISTRIBUTIONS.opensearch, options)).rejects.toMatchObject({
    code: 'no-maven',
    message: expect.stringContaining('install it'),
  });
  await mavenDoes('exec sleep 60');
  await expect(install(AbortSignal.timeout(100))).rejects.toMatchObject({ code: 'cancelled' });
  expect(await readdir(join(root, 'engines'))).toEqual([]);
});

test.each([
  [
    'an engine whose data folder is taken',
    [
      '[x][INFO ] starting',
      '[x][ERROR][o.e.b] fatal exception',
      'java.lang.IllegalStateException: failed to obtain node locks',
      '\tat org.x',
    ],
    'java.lang.IllegalStateException: failed to obtain node locks',
  ],
  [
    'a machine without memory',
    [
      'java.lang.RuntimeException: starting java failed with [1]',
      '#',
      '# There is insufficient memory for Java.',
    ],
    'There is insufficient memory for Java.',
  ],
  ['something unheard of', ['one', '', 'two', ''], 'two'],
  ['nothing', [], 'it said nothing'],
])('the telling line of %s', async (_name, lines, telling) => {
  const file = join(root, 'some.log');
  await writeFile(file, lines.join('\n'));
  expect(await errorLine(file)).toBe(telling);
});
