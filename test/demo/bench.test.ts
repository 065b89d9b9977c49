// `kindred bench` as a user runs it, at its smallest: the whole chain, the contract's JSON, and nothing left behind.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { simulateShop } from '../../src/datasets/simulate/simulate-shop.js';
import { findCommand } from '../../src/engine/embedded/environment.js';
import { missing, reportSchema } from '../bench/report/report-schema.js';
import { runCommand, startCommand } from './run-command.js';

const RUN_MS = 10 * 60_000;

/** The commands' own temporary folder, and a dataset beside it. */
let folder: string;
let datasets: string;
beforeAll(() => {
  [folder, datasets] = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'kindred-test-'))) as [string, string];
});
afterAll(() => {
  for (const made of [folder, datasets]) rmSync(made, { recursive: true });
});

/** The engine at ELASTICSEARCH_URL is left alone: nothing listens there. */
const settings = () => ({ TMPDIR: folder, ELASTICSEARCH_URL: 'http://127.0.0.1:9' });

async function until(what: () => boolean): Promise<void> {
  while (!what()) await sleep(50);
}

const windowSchema = z.object({
  rows: z.array(
    z.object({
      shards: z.number(),
      kind: z.string(),
      window: z.number().nullable(),
      overlap_10: z.number(),
      overlap_24: z.number(),
    }),
  ),
});

const servers = () => readdirSync(folder).filter((name) => name.startsWith('kindred-bench-server-'));

describe('kindred bench', () => {
  test(
    'measures everything that can be measured here',
    async () => {
      const dataset = join(datasets, 'shop');
      await simulateShop({ users: 300, products: 8_000, events: 20_000, seed: 1, out: dataset });
      const parts = ['--only', 'search,proxy,training,intake,window', '--dataset', dataset];
      const sizes = ['--products', '2000', '--events', '20000', '--requests', '500'];
      const args = ['bench', '--quick', '--json', ...parts, ...sizes];
      const { code, stdout, stderr } = await runCommand(args, settings());
      expect(code === 0 ? '' : stderr).toBe('');
      const report = reportSchema.parse(JSON.parse(stdout));
      const env = { PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin` };
      const peers = await Promise.all(['nginx', 'wrk'].map((name) => findCommand(name, env)));
      const complete = !peers.includes(null);
      expect(missing(report)).toEqual(complete ? [] : ['ratios.proxy_vs_nginx']);
      expect(report.notes.some((note) => note.includes('apt-get install'))).toBe(!complete);
      expect(report.training.events).toBe(20_000);
      expect(report.machine.engine).toMatch(/^elasticsearch \d/);
      const { rows } = windowSchema.parse(report.parts.window);
      expect(new Set(rows.map(({ shards, kind, window }) => `${shards} ${kind} ${window}`)).size).toBe(32);
      // A window that holds every match is none; equal scores may be rounded apart.
      for (const { window, overlap_10, overlap_24 } of rows)
        if (window === 10_000 || window === null)
          expect(Math.min(overlap_10, overlap_24)).toBeGreaterThan(0.98);
      expect(readdirSync(folder)).toEqual([]);
    },
    RUN_MS,
  );

  test(
    'stopped half-way, it takes everything with it',
    async () => {
      const bench = startCommand(['bench', '--only', 'search', '--products', '2000'], settings());
      const early = bench.ended.then(({ stderr }) => Promise.reject(new Error(stderr)));
      await Promise.race([until(() => servers().length > 0), early]);
      const pidFile = join(folder, servers()[0]!, 'pid');
      await Promise.race([until(() => /^\d+\n$/.test(readIfThere(pidFile))), early]);
      const pid = Number(readIfThere(pidFile));
      process.kill(pid, 0);
      early.catch(() => {});
      const { code, stdout } = await bench.stop();
      expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
      expect(() => process.kill(pid, 0)).toThrow('ESRCH');
      expect(readdirSync(folder)).toEqual([]);
    },
    RUN_MS,
  );

  test('a simulated log that is being made ends with it', async () => {
    const bench = startCommand(['bench', '--only', 'training', '--events', '5000000'], settings());
    await until(() =>
      readdirSync(folder).some((name) =>
        readdirSync(join(folder, name)).some((file) => file.startsWith('.simulated')),
      ),
    );
    expect(await bench.stop()).toMatchObject({ code: 130, stdout: '' });
    expect(readdirSync(folder)).toEqual([]);
  });
});

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
