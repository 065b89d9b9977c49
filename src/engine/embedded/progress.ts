// Progress of slow work that cannot say how far it is: what it does, and for how long already.

export type OnProgress = (text: string) => void;

const EVERY_MS = 5_000;

/** Reports `text` now and with the seconds passed from time to time, until `work` is done. */
export async function reportProgress<T>(text: string, onProgress: OnProgress, work: Promise<T>): Promise<T> {
  const started = Date.now();
  onProgress(text);
  const timer = setInterval(
    () => onProgress(`${text}, ${Math.round((Date.now() - started) / 1000)} s`),
    EVERY_MS,
  );
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
