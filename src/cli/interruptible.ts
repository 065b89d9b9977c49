// Runs a command's work so that Ctrl-C may end it early, and closes what it opened either way.
import { type CleanUp, createCleanUp } from '../server/clean-up.js';
import { untilStopped } from '../server/until-stopped.js';

/** The exit code that shells expect of a command that Ctrl-C ended before its work was done. */
const INTERRUPTED = 130;

/**
 * @param work adds to `cleanUp` what it opens; `signal` is aborted when it is over
 * @param options.keepOpen keeps everything open after the work is done, until Ctrl-C
 */
export async function runInterruptible(
  work: (cleanUp: CleanUp, signal: AbortSignal) => Promise<void>,
  { keepOpen = false }: { readonly keepOpen?: boolean } = {},
): Promise<void> {
  const cleanUp = createCleanUp();
  const over = new AbortController();
  const stopped = untilStopped();
  const running = work(cleanUp, over.signal);
  // Interrupted work fails because what it uses is closed: that error says nothing.
  running.catch(() => {});
  try {
    const early = await Promise.race([running.then(() => false), stopped.then(() => true)]);
    if (early) process.exitCode = INTERRUPTED;
    else if (keepOpen) await stopped;
  } finally {
    over.abort();
    await cleanUp.run();
    await running.catch(() => {});
    // What the work opened while the rest was being closed.
    await cleanUp.run();
  }
}
