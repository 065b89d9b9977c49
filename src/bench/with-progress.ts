// Work with a progress of its own, which ends however the work does.
import { createProgress } from '../terminal/progress.js';

export async function withProgress<T>(
  label: string,
  total: number,
  work: (update: (done: number) => void) => Promise<T>,
): Promise<T> {
  const progress = createProgress(label, total);
  try {
    return await work((done) => progress.update(done));
  } finally {
    progress.stop();
  }
}
