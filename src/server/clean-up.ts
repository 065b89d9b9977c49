// Closes what a command has opened: in reverse order, all of it even when some of it fails.

export interface CleanUp {
  add(step: () => Promise<unknown> | unknown): void;
  /** Runs every step once, the newest first; rejects afterwards with the first failure. */
  run(): Promise<void>;
}

export function createCleanUp(): CleanUp {
  const steps: (() => Promise<unknown> | unknown)[] = [];
  return {
    add: (step) => void steps.push(step),
    async run() {
      const failures: unknown[] = [];
      for (let step = steps.pop(); step; step = steps.pop())
        try {
          await step();
        } catch (error) {
          failures.push(error);
        }
      if (failures.length > 0) throw failures[0];
    },
  };
}
