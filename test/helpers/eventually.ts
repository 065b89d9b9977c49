// Waiting in tests: for what is to happen, never for a time; only what does not happen at all takes long.

/** What has not happened by then is taken for what never happens: machines many times slower must get there before. */
export const PATIENCE_MS = 180_000;
const PAUSE_MS = 25;

/** Repeats `attempt` until it returns without an error, and gives its last error when it has not within `PATIENCE_MS`. */
export async function eventually<T>(attempt: () => Promise<T> | T): Promise<T> {
  for (const end = performance.now() + PATIENCE_MS; ; ) {
    const startedAt = performance.now();
    try {
      return await attempt();
    } catch (error) {
      if (startedAt > end) throw error;
    }
    await pause(PAUSE_MS);
  }
}

/** Looks again and again until `isSo`; what never is fails as `eventually` does. */
export function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  return eventually(async () => {
    if (!(await isSo())) throw new Error(`waited in vain for ${isSo}`);
  });
}

/**
 * Whether a call is over before the event loop has turned a few times: at once, however slow the machine is.
 * What the call rejects with is its own affair.
 */
export async function isOverAtOnce(call: Promise<unknown>): Promise<boolean> {
  let over = false;
  const noted = () => {
    over = true;
  };
  call.then(noted, noted);
  for (let turn = 0; turn < 5 && !over; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return over;
}

/** Time that must pass at least, e.g. for something not to happen in it. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
