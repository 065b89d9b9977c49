// Part of a benchmark in a process of its own: so that its memory, or its core, is its own.
import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KindredError } from '../../core/errors.js';
import { heldTo } from './machine.js';

export interface ChildOptions {
  readonly script: URL;
  readonly args: readonly string[];
  readonly core?: number | undefined;
  /** ends it */
  readonly signal: AbortSignal;
}

/** The command line itself. */
export const PROGRAM = new URL('../../../bin/kindred.js', import.meta.url);

/**
 * Runs a script to its end; its progress is ours.
 * @returns what it printed
 * @throws KindredError `bench-child` when it fails; what it said is on standard error
 */
export async function runChild({ script, args, core, signal }: ChildOptions): Promise<string> {
  const file = fileURLToPath(script);
  const [command = '', ...rest] = [...heldTo(core), process.execPath, file, ...args];
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], signal });
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  // Also when it is told to end: until then it may write.
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (failure) throw failure;
  if (code !== 0) throw new KindredError('bench-child', `${basename(file)} ended with code ${code}`);
  return Buffer.concat(chunks).toString();
}

/** In such a process: it does not outlive whoever started it. Call what is returned when the work is done. */
export function endWithParent(): () => void {
  process.once('disconnect', () => process.exit(1));
  return () => {
    process.removeAllListeners('disconnect');
    process.disconnect?.();
  };
}
