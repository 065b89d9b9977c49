// The machine that a benchmark ran on, and the cores that its processes can be pinned to.
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { findCommand } from '../../engine/embedded/environment.js';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memory_gib: number;
  readonly system: string;
  readonly node: string;
  /** e.g. `elasticsearch 9.2.0`; null when no part needed one */
  readonly engine: string | null;
}

export function readMachine(engine: string | null): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memory_gib: Math.round(totalmem() / 1024 ** 3),
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    engine,
  };
}

/** One core for what is measured and another for what measures it. */
export interface Cores {
  readonly measured: number;
  readonly measuring: number;
}

/** Null where there is no `taskset`, or fewer than two cores to choose from. */
export async function findCores(env: NodeJS.ProcessEnv): Promise<Cores | null> {
  if (!(await findCommand('taskset', env))) return null;
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const [measured, measuring] = parseCpuList(/^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '');
  return measured === undefined || measuring === undefined ? null : { measured, measuring };
}

/** `0-2,5` is 0, 1, 2 and 5. */
export function parseCpuList(list: string): number[] {
  return list
    .split(',')
    .filter(Boolean)
    .flatMap((part) => {
      const [first = Number.NaN, last = first] = part.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, step) => first + step);
    });
}

/** The prefix that pins a command to one core. */
export function pinnedTo(core: number | undefined): string[] {
  return core === undefined ? [] : ['taskset', '-c', String(core)];
}
