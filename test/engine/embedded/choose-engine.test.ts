// Which engine is used, what is missing for one, and Docker's side with a scripted `docker`.
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { chooseEngine } from '../../../src/engine/embedded/choose-engine.js';
import { findJava } from '../../../src/engine/embedded/find-java.js';
import { startDockerEngine } from '../../../src/engine/embedded/start-docker-engine.js';
import { startEmbeddedEngine } from '../../../src/engine/embedded/start-embedded-engine.js';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kindred-choose-'));
  await chmod(root, 0o755);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const options = () => ({
  engine: 'elasticsearch' as const,
  cacheDir: root,
  env: { PATH: root },
  onProgress: () => {},
});

async function program(name: string, text: string): Promise<void> {
  await writeFile(join(root, name), text);
  await chmod(join(root, name), 0o755);
}

async function javaHome(name: string, version: string): Promise<string> {
  await mkdir(join(root, name));
  await writeFile(join(root, name, 'release'), `IMPLEMENTOR="x"\nJAVA_VERSION="${version}"\n`);
  return join(root, name);
}

test('a given engine is used as it is', async () => {
  const chosen = await chooseEngine({ ...options(), url: 'http://127.0.0.1:9200' });
  expect(chosen.url).toBe('http://127.0.0.1:9200');
  await chosen.stop();
});

test('with nothing to use, the three ways to get an engine are named in one line', async () => {
  await expect(chooseEngine(options())).rejects.toMatchObject({
    code: 'no-engine',
    message: expect.stringMatching(/^.*ELASTICSEARCH_URL.*Java 21.*Maven.*Docker.*$/),
  });
});

test('Java is the first one that is new enough, as named', async () => {
  const old = await javaHome('java17', '17.0.15');
  const good = await javaHome('java21', '21.0.1');
  const newest = await javaHome('java25', '25');
  expect(await findJava({ ES_JAVA_HOME: good, JAVA_HOME: newest })).toBe(good);
  expect(await findJava({ ES_JAVA_HOME: old, JAVA_HOME: newest })).toBe(newest);
  expect(await findJava({ JAVA_HOME: join(root, 'nowhere'), ES_JAVA_HOME: newest })).toBe(newest);
});

test('bad options are refused before anything is downloaded', async () => {
  const heap = startEmbeddedEngine({ ...options(), heap: 'lots' });
  await expect(heap).rejects.toMatchObject({ code: 'engine-heap', message: expect.stringContaining('512m') });
  const reserved = startEmbeddedEngine({ ...options(), port: 9281 });
  await expect(reserved).rejects.toMatchObject({ code: 'reserved-port' });
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await expect(startEmbeddedEngine({ ...options(), port })).rejects.toMatchObject({ code: 'port-in-use' });
  server.close();
});

test('Docker gets a loopback port and no more, and is stopped', async () => {
  const path = `${root}:/bin`;
  const server = `
    const [address] = process.argv.filter((text) => text.startsWith('127.0.0.1:'));
    const server = require('node:http').createServer((_, response) => response.end(process.argv.join(' ')));
    server.listen(Number(address.split(':')[1]), '127.0.0.1');`;
  await writeFile(join(root, 'server.cjs'), server);
  await program('docker', `#!/bin/sh\nexec ${process.execPath} ${root}/server.cjs "$@"\n`);
  const engine = await startDockerEngine({ ...options(), env: { PATH: path } });
  const asked = await (await fetch(engine.url)).text();
  expect(asked).toMatch(/run --rm --publish 127\.0\.0\.1:\d+:9200 .*single-node.* elasticsearch:9\.2\.0$/);
  await engine.stop();
  await expect(fetch(engine.url)).rejects.toThrow();

  await program('docker', '#!/bin/sh\necho "Error: cannot connect to the Docker daemon" >&2; exit 125\n');
  await expect(startDockerEngine({ ...options(), env: { PATH: path } })).rejects.toMatchObject({
    code: 'engine-start',
    message: expect.stringContaining('cannot connect to the Docker daemon'),
  });
});
