// Runs a client's script in a process of its own, as the shop that uses it would, and reads what it printed.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { askBroker } from '../../helpers/broker.js';

const run = promisify(execFile);

/** A client that is not done by then waits for something that never comes. */
const CLIENT_MS = 300_000;

interface Packages {
  readonly python: Readonly<Record<string, string>> | null;
  /** why there is no Python, in words */
  readonly skipped: string | null;
}

/** Installed on the first call of a test run. */
export async function clientPackages(): Promise<Packages> {
  const { ok, text } = await askBroker('client-packages');
  if (!ok) throw new Error(text);
  return JSON.parse(text);
}

export const folder = fileURLToPath(new URL('..', import.meta.url));

export interface ClientRun {
  /** an absolute path; `.py` runs in Python */
  readonly script: string;
  readonly arguments?: readonly string[];
  /** where Python finds its packages */
  readonly python?: string | undefined;
  readonly env?: Readonly<Record<string, string>>;
}

/** @returns its standard output. Errors: the client's own, with everything it said. */
export async function runClient(client: ClientRun): Promise<string> {
  const { script, python, env } = client;
  const [command, more] = script.endsWith('.py')
    ? ['python3', { PYTHONPATH: python, PYTHONDONTWRITEBYTECODE: '1' }]
    : [process.execPath, {}];
  const { stdout } = await run(command, [script, ...(client.arguments ?? [])], {
    env: { PATH: process.env.PATH, ...more, ...env },
    timeout: CLIENT_MS,
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}
