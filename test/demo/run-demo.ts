// Starts `kindred demo` with an engine of its own, and reads from its output where everything is.
import { type Ended, type RunningCommand, startCommand } from './run-command.js';
import type { Shop } from './shop-client.js';

/** Cold caches: the engine is downloaded first. */
const READY_MS = 10 * 60_000;

/** What the demo printed. */
export interface Demo extends Shop {
  readonly searches: readonly string[];
  readonly shoppers: readonly [string, string];
  /** the lines that start with `curl`, one a shopper */
  readonly curls: readonly string[];
  readonly output: string;
}

export interface RunningDemo extends Demo {
  readonly kind: string;
  stop(): Promise<Ended>;
}

/** Starts one demo per engine at the same time; when one fails, none is left running. */
export async function runDemos(kinds: readonly string[]): Promise<RunningDemo[]> {
  const commands = kinds.map((kind) =>
    startCommand(['demo', '--data', 'simulated', '--engine', kind], {
      KINDRED_PROXY_PORT: '0',
      KINDRED_ADMIN_PORT: '0',
    }),
  );
  try {
    return await Promise.all(commands.map((command, at) => whenReady(command, kinds[at] ?? '')));
  } catch (error) {
    await Promise.all(commands.map((command) => command.stop()));
    throw error;
  }
}

async function whenReady(command: RunningCommand, kind: string): Promise<RunningDemo> {
  await command.printed(/^console .*$[\s\S]*\n$/m, READY_MS);
  return { kind, ...readOutput(command.stdout()), stop: command.stop };
}

/** Errors: names what the output lacks. */
export function readOutput(output: string): Demo {
  const one = (pattern: RegExp) => {
    const found = pattern.exec(output)?.[1];
    if (!found) throw new Error(`the demo printed nothing like ${pattern}:\n${output}`);
    return found;
  };
  const all = (pattern: RegExp) => [...new Set([...output.matchAll(pattern)].map(([, found = '']) => found))];
  const [first = '', second = ''] = all(/^".+" for shopper (\S+)$/gm);
  return {
    engine: one(/^engine (http:\/\/127\.0\.0\.1:\d+)$/m),
    proxy: one(/^proxy +(http:\S+)$/m),
    admin: one(/^console +(http:\S+)$/m),
    serverKey: one(/-H 'X-Kindred-Key: (\S+)'/),
    adminKey: one(/^OFF and ON: .* X-Kindred-Key: (\S+)$/m),
    searches: all(/^"(.+)" for shopper/gm),
    shoppers: [first, second],
    curls: output.split('\n').filter((line) => line.startsWith('curl ')),
    output,
  };
}
