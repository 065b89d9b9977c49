// The launcher with a real engine, through the built command: it starts, serves, and dies with a killed parent.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import { connectEngine } from '../../../src/engine/client/connect-engine.js';
import { until } from '../../helpers/eventually.js';

const COMMAND = fileURLToPath(new URL('../../../bin/kindred.js', import.meta.url));

let command: ChildProcess | undefined;
afterEach(() => {
  command?.kill('SIGKILL');
});

/** The first URL the command prints. */
async function startedUrl(child: ChildProcess): Promise<string> {
  let said = '';
  for await (const chunk of child.stdout ?? []) {
    said += chunk;
    const url = /^engine (http:\/\/127\.0\.0\.1:\d+)$/m.exec(said)?.[1];
    if (url) return url;
  }
  throw new Error(`the command ended: ${said}`);
}

test('an engine serves while its command lives, and is gone when that is killed', async () => {
  const args = [COMMAND, 'engine', 'start', 'elasticsearch', '--port', '0', '--heap', '256m'];
  command = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await startedUrl(command);
  expect(Number(new URL(url).port)).not.toBe(9200);

  const engine = await connectEngine({ url });
  expect([engine.kind, engine.version]).toEqual(['elasticsearch', '9.2.0']);
  await engine.put('products', '1', { title: 'yogurt' }, { refresh: true });
  expect(await engine.count('products')).toBe(1);
  const { body } = await engine.request({ method: 'GET', path: '/_nodes/process,settings' });
  const [node] = Object.values((body as { nodes: Record<string, NodeInfo> }).nodes);
  const data = node?.settings.path.data ?? '';
  expect(existsSync(data)).toBe(true);
  await engine.close();

  command.kill('SIGKILL');
  const { id = 0 } = node?.process ?? {};
  await until(() => !isAlive(id));
  await until(() => !existsSync(data));
  await expect(connectEngine({ url })).rejects.toMatchObject({ code: 'engine-unreachable' });
});

interface NodeInfo {
  readonly process: { readonly id: number };
  readonly settings: { readonly path: { readonly data: string } };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
