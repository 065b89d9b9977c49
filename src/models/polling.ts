// Runs a task again and again, with a pause after each run.

export interface Polling {
  /** Resolves after the first run. */
  start(): Promise<void>;
  /** Starts no further run; the current one goes on. */
  stop(): void;
}

/**
 * @param task never rejects
 * @param pauseMs milliseconds between the end of a run and the next
 */
export function createPolling(task: () => Promise<void>, pauseMs: number): Polling {
  let timer: NodeJS.Timeout | undefined;
  let running = false;

  async function run(): Promise<void> {
    await task();
    if (running) timer = setTimeout(run, pauseMs).unref();
  }

  return {
    async start() {
      if (running) return;
      running = true;
      await run();
    },
    stop() {
      running = false;
      clearTimeout(timer);
    },
  };
}
