// What killed trainings left is removed a day later; what may be in use, or is not ours, stays.
import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { makeTempFolder } from '../../src/training/temp-folder.js';

let parent = '';
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'kindred-test-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

async function folder(name: string, hours: number, fileHours: number): Promise<void> {
  const path = join(parent, name);
  await mkdir(path);
  const file = join(path, 'spill.tmp');
  await writeFile(file, 'x');
  for (const [each, age] of [
    [file, fileHours],
    [path, hours],
  ] as const) {
    const time = Date.now() / 1000 - age * 3_600;
    await utimes(each, time, time);
  }
}

test('only folders of trainings that nothing has touched for a day are removed', async () => {
  await folder('kindred-training-old', 25, 25);
  await folder('kindred-training-young', 23, 25);
  await folder('kindred-training-busy', 25, 1);
  await folder('someone-else', 100, 100);
  const made = basename(await makeTempFolder(parent));
  expect(made).toMatch(/^kindred-training-.{6}$/);
  const expected = [made, 'kindred-training-busy', 'kindred-training-young', 'someone-else'];
  expect((await readdir(parent)).sort()).toEqual(expected.sort());
});

test('links and files stay and keep no training back; a missing parent does', async () => {
  await folder('elsewhere', 25, 25);
  await symlink(join(parent, 'elsewhere'), join(parent, 'kindred-training-link'));
  await writeFile(join(parent, 'kindred-training-file'), '');
  expect(await readdir(await makeTempFolder(parent))).toEqual([]);
  expect(await readdir(join(parent, 'kindred-training-link'))).toEqual(['spill.tmp']);
  await expect(makeTempFolder(join(parent, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
});
