// Runs a part of a benchmark in a process of its own, with memory and perhaps a core of its own.
import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KindredError } from '../../core/errors.js';
import { pinnedTo } from './machine.js';

export interface ChildOptions {
  readonly script: URL;
  readonly args: readonly string[];
  readonly core?: number | undefined;
  /** ends the process */
  readonly signal: AbortSignal;
}

/** The program of the command line. */
export const PROGRAM = new URL('../../../bin/kindred.js', import.meta.url);

/**
 * Runs a script to its end; its standard error is this process's.
 * @returns what it printed
 * @throws KindredError `bench-child` when it fails, after it has said why on standard error
 */
export async function runChild({ script, args, core, signal }: ChildOptions): Promise<string> {
  const file = fileURLToPath(script);
  const [command = '', ...rest] = [...pinnedTo(core), process.execPath, file, ...args];
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], signal });
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  // Waited for also after an abort: until it has ended it may write files.
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (failure) throw failure;
  if (code !== 0) throw new KindredError('bench-child', `${basename(file)} ended with code ${code}`);
  return Buffer.concat(chunks).toString();
}

/**
 * For such a process: ends it with the process that started it.
 * @returns to be called when the work is done
 */
export function endWithParent(): () => void {
  process.once('disconnect', () => process.exit(1));
  return () => {
    process.removeAllListeners('disconnect');
    process.disconnect?.();
  };
}
