// Trainers killed at any moment: searches never notice, the alias points at one whole index, and the next run succeeds.
import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createRandom } from '../../src/datasets/simulate/random.js';
import { eventually } from '../helpers/eventually.js';
import { type RunningCommand, startCommand } from './run-command.js';
import type { RunningDemo } from './run-demo.js';
import { admin, ask, type SearchAnswer, storefront } from './shop-client.js';

/** `KINDRED_TEST_KILLS=20` looks more closely. */
const KILLS = Number(process.env.KINDRED_TEST_KILLS || 4);
const SEED = 1;

interface Status {
  readonly state: string;
}

export function killChecks(demo: RunningDemo): void {
  const count = async (index: string) =>
    (await ask<{ count: number }>(`${demo.engine}/${index}/_count`)).json().count;

  /** The one version behind the alias. */
  async function pointsAt(): Promise<string> {
    const alias = await ask<object>(`${demo.engine}/_alias/kindred-profiles-default`);
    const indices = Object.keys(alias.json());
    expect(indices).toHaveLength(1);
    return String(indices[0]).replace('kindred-profiles-default-', 'default@');
  }

  test(
    `a trainer killed at ${KILLS} moments of its run`,
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'kindred-test-'));
      const [temp, archive] = [join(folder, 'temp'), join(folder, 'archive')];
      await mkdir(temp);
      const settings = { ELASTICSEARCH_URL: demo.engine, TMPDIR: temp };
      const train = (archiveDir: string) =>
        startCommand(['train', '--model', 'default', '--activate'], {
          ...settings,
          KINDRED_ARCHIVE_DIR: archiveDir,
        });
      const random = createRandom(SEED);
      const served = new Set<string>();
      // Proxies may serve it for another second.
      served.add(await pointsAt());
      const first = train('off');
      await running(first);
      const begun = performance.now();
      expect(await first.ended).toMatchObject({ code: 0 });
      let whole = performance.now() - begun;
      const documents = await count('kindred-profiles-default');

      async function expectOneWholeIndex(): Promise<void> {
        served.add(await pointsAt());
        expect(await count('kindred-profiles-default')).toBe(documents);
      }

      const searcher = search();
      try {
        for (let kill = 0; kill < KILLS; ) {
          const trainer = train(archive);
          await running(trainer);
          const started = performance.now();
          // One moment in each part of the run, so that few kills see all of it.
          const over = trainer.ended.then(() => performance.now() - started);
          await Promise.race([over, sleep((whole * (kill + random())) / KILLS)]);
          // A run that was quicker than its kill is measured anew, and its part of a run tried again.
          if ((await trainer.kill()).code === null) kill++;
          else whole = Math.min(whole, await over) * 0.9;
          await expectOneWholeIndex();
          await passTime(temp, archive);
        }
        const last = await train(archive).ended;
        expect(last).toMatchObject({ code: 0, stdout: expect.stringMatching(/^default@\d+ is active/m) });
        await expectOneWholeIndex();
      } finally {
        await searcher.stop();
      }
      expect(searcher.failures).toEqual([]);
      expect(searcher.searches).toBeGreaterThan(KILLS * 5);
      expect([...served]).toEqual(expect.arrayContaining([...searcher.versions]));

      // Nothing is left but what the versions name, and the files of the archive.
      const { versions } = (
        await admin<{ versions: { version: number }[] }>(demo, '/models/default/versions')
      ).json();
      const indices = await ask<{ index: string }[]>(
        `${demo.engine}/_cat/indices/kindred-profiles-default-*?h=index&format=json`,
      );
      expect(
        indices
          .json()
          .map(({ index }) => index)
          .sort(),
      ).toEqual(versions.map(({ version }) => `kindred-profiles-default-${version}`).sort());
      expect(await readdir(temp)).toEqual([]);
      const files = await readdir(archive, { recursive: true });
      expect(files.filter((name) => !/^events-[^/]+(\/[\w-]+\.parquet)?$/.test(name))).toEqual([]);
      await rm(folder, { recursive: true });
    },
    300_000 + KILLS * 120_000,
  );

  /** Until the run has its lease. */
  async function running(trainer: RunningCommand): Promise<void> {
    const over = trainer.ended.then(({ code, stderr }) => {
      throw new Error(`the trainer ended with ${code} before it began:\n${stderr}`);
    });
    over.catch(() => {});
    const begun = eventually(async () => {
      const { state } = (await admin<Status>(demo, '/models/default/training')).json();
      if (state !== 'running') throw new Error(`the training is ${state}`);
    });
    await Promise.race([begun, over]);
  }

  /** As half a minute would: the lease of the dead trainer runs out, and its folders have not been touched for long. */
  async function passTime(...parents: readonly string[]): Promise<void> {
    const body = { doc: { record: { lease: { expiresAt: 0 } } } };
    const lease = await ask(`${demo.engine}/kindred-models/_update/training:default?refresh=true`, { body });
    expect(lease.status).toBe(200);
    for (const parent of parents)
      for (const entry of await readdir(parent, { recursive: true }).catch(() => []))
        if (/(^|\/)kindred-training-\w+$/.test(entry)) await utimes(join(parent, entry), 0, 0);
  }

  /** One shopper's search after the other, until it is told to stop. */
  function search() {
    const failures: string[] = [];
    const versions = new Set<string>();
    const [user] = demo.shoppers;
    const headers = { 'x-kindred-key': demo.serverKey, 'x-user-id': user };
    let stopped = false;
    const found = { failures, versions, searches: 0, stop };

    async function once(): Promise<void> {
      const answer = await ask<SearchAnswer>(`${demo.proxy}/products/_search`, {
        body: storefront('shirt'),
        headers,
      });
      const personalization = answer.header('x-personalization');
      const [, version] = /^applied; model=(default@\d+);/.exec(personalization) ?? [];
      if (version) versions.add(version);
      found.searches++;
      // A busy machine may miss the deadline of a profile; the search is answered all the same.
      const good = version !== undefined || personalization === 'skipped; reason=profile-timeout';
      if (answer.status !== 200 || !good) failures.push(`${answer.status} ${personalization}`);
    }
    async function repeat(): Promise<void> {
      while (!stopped) {
        await once().catch((error: unknown) => failures.push(String(error)));
        await sleep(20);
      }
    }
    const repeated = repeat();
    async function stop(): Promise<void> {
      stopped = true;
      await repeated;
    }
    return found;
  }
}
