// Commands that cannot do what they are asked: one line that says why, an exit code, never a stack trace.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { expectOneLine } from './process-checks.js';
import { runCommand } from './run-command.js';

/** Nothing listens on the discard port. */
const NOWHERE = { ELASTICSEARCH_URL: 'http://127.0.0.1:9', KINDRED_PROXY_PORT: '0', KINDRED_ADMIN_PORT: '0' };

describe('kindred', () => {
  test.concurrent.each([
    ['serve', ['serve']],
    ['train', ['train', '--model', 'default']],
    ['load', ['load', '--dataset', '.', '--index', 'products']],
    ['demo', ['demo', '--data', 'simulated']],
  ])('%s with an engine that cannot be reached', async (_name, args) => {
    expectOneLine(
      await runCommand(args, NOWHERE),
      /http:\/\/127\.0\.0\.1:9 cannot be reached .*ELASTICSEARCH_URL/,
    );
  });

  test.concurrent.each([
    ['train without an engine', ['train', '--model', 'default'], {}, /ELASTICSEARCH_URL is not set/],
    [
      'a port that is none',
      ['serve'],
      { ...NOWHERE, KINDRED_PROXY_PORT: '92800' },
      /KINDRED_PROXY_PORT must be a port/,
    ],
    ['a short key', ['demo'], { ...NOWHERE, KINDRED_ADMIN_KEYS: 'short' }, /KINDRED_ADMIN_KEYS must be keys/],
    [
      'an index name that is none',
      ['load', '--dataset', '.', '--index', 'A*'],
      NOWHERE,
      /"A\*" must be a plain index name/,
    ],
    [
      'a configuration that is missing',
      ['serve'],
      { ...NOWHERE, KINDRED_CONFIG: 'no.yaml' },
      /KINDRED_CONFIG names a file .*no\.yaml/,
    ],
    [
      'a cache folder that cannot be made',
      ['engine', 'start', 'elasticsearch', '--port', '0'],
      { XDG_CACHE_HOME: '/dev/null' },
      /ENOTDIR.*mkdir '\/dev\/null/,
    ],
  ])('%s', async (_name, args, settings, message) => {
    expectOneLine(await runCommand(args, settings), message);
  });

  test('demo on a port in use says so before it starts anything', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    try {
      const settings = { KINDRED_PROXY_PORT: String(port), KINDRED_ADMIN_PORT: '0' };
      const ended = await runCommand(['demo', '--once', '--data', 'simulated'], settings);
      expectOneLine(ended, new RegExp(`port ${port} is in use; .* KINDRED_PROXY_PORT`));
    } finally {
      taken.close();
    }
  });

  test.concurrent.each([
    ['an unknown command', ['serv'], /unknown command 'serv'/],
    ['an unknown option', ['serve', '--fast'], /unknown option '--fast'/],
    ['a missing option', ['train'], /required option '--model <id>'/],
    [
      'a count that is none',
      ['simulate', '--users', 'many', '--products', '1', '--events', '1', '--out', 'x'],
      /--users.* whole number/,
    ],
    ['a part that is none', ['bench', '--only', 'search,speed'], /--only.* search, proxy, training/],
    ['a catalog that is too small', ['bench', '--products', '1999'], /--products.* 2000 or more/],
    ['an engine that is none', ['demo', '--engine', 'solr'], /--engine.* elasticsearch, opensearch/],
  ])('%s is named, with the way to help', async (_name, args, message) => {
    const { code, stdout, stderr } = await runCommand(args);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^error: [^\n]+\n(\([^\n]+\)\n){1,2}$/);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });

  const commands = ['', 'serve', 'train', 'load', 'simulate', 'bench', 'engine', 'engine start', 'demo'];
  test.concurrent.each(commands)('%s --help', async (command) => {
    const { code, stdout, stderr } = await runCommand([...command.split(' ').filter(Boolean), '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: kindred ${command}.*\n\n\\S`));
  });
});
