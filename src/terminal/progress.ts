// Progress of a command: a bar on a terminal, plain lines elsewhere, both on standard error.
import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  /** @param done of the total; @param note e.g. the stage */
  update(done: number, note?: string): void;
  /** ends it; the last state stays on screen */
  stop(): void;
}

const LINE_EVERY_MS = 5_000;
const LINE_EVERY_SHARE = 0.1;

/**
 * @param total absent when it is not known: no share is shown then
 * @param unit what is counted, e.g. `events`; absent: neither counts nor the rate per second are shown
 */
export function createProgress(
  label: string,
  total?: number,
  unit?: string,
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  const begun = performance.now();
  const describe = (done: number, note = '') => {
    const seconds = (performance.now() - begun) / 1000;
    const count = total === undefined ? number(done) : `${number(done)}/${number(total)}`;
    const counted = unit && `${count} ${unit}, ${number(done / Math.max(seconds, 0.001))}/s`;
    return [counted, note].filter(Boolean).join(' ');
  };
  return stream.isTTY && total !== undefined
    ? createBar(label, total, describe, stream)
    : createLines(label, total, describe, stream);
}

/** Shows progress while `work` runs, and ends it however the work ends. */
export async function withProgress<T>(
  { label, total, unit }: { readonly label: string; readonly total?: number; readonly unit?: string },
  work: (update: Progress['update']) => Promise<T>,
): Promise<T> {
  const progress = createProgress(label, total, unit);
  try {
    return await work(progress.update);
  } finally {
    progress.stop();
  }
}

/** The same for work in parts that follow each other, each of which counts what it is named after. */
export async function withPartProgress<T>(
  label: string,
  work: (update: (part: string, done: number, total: number) => void) => Promise<T>,
): Promise<T> {
  let running: { readonly part: string; readonly progress: Progress } | undefined;
  try {
    return await work((part, done, total) => {
      if (running?.part !== part) {
        running?.progress.stop();
        running = { part, progress: createProgress(`${label} ${part}`, total, part) };
      }
      running.progress.update(done);
    });
  } finally {
    running?.progress.stop();
  }
}

function createBar(
  label: string,
  total: number,
  describe: (done: number, note?: string) => string,
  stream: NodeJS.WriteStream,
): Progress {
  const format = `${label} [{bar}] {percentage} % {text}`;
  const bar = new SingleBar({ format, stream, hideCursor: true, linewrap: false }, Presets.legacy);
  bar.start(total, 0, { text: '' });
  return {
    update: (done, note) => bar.update(done, { text: describe(done, note) }),
    stop: () => bar.stop(),
  };
}

/** A line for every tenth, and one after five seconds without any. */
function createLines(
  label: string,
  total: number | undefined,
  describe: (done: number, note?: string) => string,
  stream: NodeJS.WriteStream,
): Progress {
  let saidAt = performance.now();
  let said = 0;
  let last: readonly [done: number, note?: string] | undefined;
  const say = (done: number, note?: string) => {
    const share = total === undefined ? '' : `${Math.floor((100 * done) / Math.max(total, 1))} % `;
    stream.write(`${label}: ${share}${describe(done, note)}`.trimEnd().concat('\n'));
    saidAt = performance.now();
    said = done;
    last = undefined;
  };
  return {
    update(done, note) {
      last = [done, note];
      const far = total !== undefined && done - said >= total * LINE_EVERY_SHARE;
      if (far || performance.now() - saidAt >= LINE_EVERY_MS) say(done, note);
    },
    stop() {
      if (last) say(...last);
    },
  };
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
