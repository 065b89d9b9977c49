// `kindred simulate` and `kindred load`: arguments that cannot be are refused with one line that names the option.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Command } from 'commander';
import { loadCommand } from '../../src/cli/load.js';
import { simulateCommand } from '../../src/cli/simulate.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kindred-test-'));
});
afterEach(() => rm(dir, { recursive: true }));

/** What the command says when it refuses. */
async function refusal(command: Command, args: readonly string[]): Promise<string> {
  let said = '';
  command.exitOverride().configureOutput({ writeErr: (text) => (said += text) });
  return command.parseAsync(args, { from: 'user' }).then(
    () => 'accepted',
    (error) => said || error.message,
  );
}

const simulate = (over: Record<string, string>) => {
  const options = { users: '5', products: '10', events: '20', out: join(dir, 'shop'), ...over };
  return refusal(
    simulateCommand(),
    Object.entries(options).map(([name, value]) => `--${name}=${value}`),
  );
};

describe('kindred simulate', () => {
  test.each([
    ['users', '-1'],
    ['users', '0'],
    ['events', '1.5'],
    ['events', 'many'],
    ['products', '1e6'],
    ['products', '99999999999'],
    ['seed', ''],
    ['days', '0'],
  ])('refuses --%s %s and writes nothing', async (option, value) => {
    expect(await simulate({ [option]: value })).toMatch(
      new RegExp(`option '--${option} <n>' argument '${value}' is invalid. It must be a whole number`),
    );
    expect(await readdir(dir)).toEqual([]);
  });

  test('takes good ones', async () => {
    expect(await simulate({})).toBe('accepted');
    expect((await readdir(join(dir, 'shop'))).sort()).toEqual([
      'customers.parquet',
      'events.parquet',
      'planted.parquet',
      'products.parquet',
    ]);
    expect(await simulate({})).toMatch(/is not empty/);
  });
});

describe('kindred load', () => {
  test.each([
    [['--index', 'A/b'], /"A\/b" must be a plain index name/],
    [['--index', 'shop', '--shift-to', 'then'], /Allowed choices are now/],
    [[], /required option '--index <name>' not specified/],
  ])('refuses %j', async (args, message) => {
    expect(await refusal(loadCommand(), ['--dataset', dir, ...args])).toMatch(message);
  });
});
