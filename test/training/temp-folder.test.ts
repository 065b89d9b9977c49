// What killed trainings left is removed by the next; what may be in use, or is not ours, stays.
import { mkdir, mkdtemp, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { makeTempFolder, type TempFolder } from '../../src/training/temp-folder.js';
import { until } from '../helpers/eventually.js';

let parent = '';
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'kindred-test-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

async function folder(name: string, seconds: number): Promise<void> {
  const path = join(parent, name);
  await mkdir(path);
  await writeFile(join(path, 'spill.tmp'), 'x');
  const time = (await stat(path)).mtimeMs / 1000 - seconds;
  await utimes(path, time, time);
}

test('only folders of trainings that no longer touch them are removed', async () => {
  await folder('kindred-training-dead', 28);
  await folder('kindred-training-young', 1);
  await folder('someone-else', 10_000);
  const made = await makeTempFolder(parent);
  expect(basename(made.path)).toMatch(/^kindred-training-.{6}$/);
  const expected = [basename(made.path), 'kindred-training-young', 'someone-else'];
  expect((await readdir(parent)).sort()).toEqual(expected.sort());
  await made.remove();
  expect(await readdir(parent)).not.toContain(basename(made.path));
});

test('a folder that is in use is touched again and again', async () => {
  const made = await makeTempFolder(parent, 10);
  const { mtimeMs: begun } = await stat(made.path);
  for (let time = 0; time < 2; time += 1) {
    await utimes(made.path, 0, 0);
    await until(async () => (await stat(made.path)).mtimeMs > begun - 10_000);
  }
  await made.remove();
});

test.each([-1, 1])('a file system whose clock is %i hour off keeps what is in use', async (hours) => {
  jest.useFakeTimers({
    now: Date.now() + hours * 3_600_000,
    doNotFake: ['setTimeout', 'setInterval', 'setImmediate', 'nextTick'],
  });
  const made: TempFolder[] = [];
  try {
    await folder('kindred-training-dead', 28);
    for (let at = 0; at < 2; at += 1) {
      const next = await makeTempFolder(parent, 10);
      made.push(next);
      // Beaten once, and written into: the one touches it by this machine's clock, the other by the file system's.
      await utimes(next.path, 0, 0);
      await until(async () => (await stat(next.path)).mtimeMs > 0);
      await writeFile(join(next.path, 'events.parquet'), '');
    }
    expect((await readdir(parent)).sort()).toEqual(made.map(({ path }) => basename(path)).sort());
  } finally {
    for (const { remove } of made) await remove();
    jest.useRealTimers();
  }
});

test('links and files stay and keep no training back; a missing parent does', async () => {
  await folder('elsewhere', 100);
  await symlink(join(parent, 'elsewhere'), join(parent, 'kindred-training-link'));
  await writeFile(join(parent, 'kindred-training-file'), '');
  const made = await makeTempFolder(parent);
  expect(await readdir(made.path)).toEqual([]);
  await made.remove();
  expect(await readdir(join(parent, 'kindred-training-link'))).toEqual(['spill.tmp']);
  await expect(makeTempFolder(join(parent, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
});
