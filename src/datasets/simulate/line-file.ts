// A text file written line by line in large pieces, waiting for the disk: memory stays bounded at any length.
import { open } from 'node:fs/promises';

const PIECE = 1 << 20;

export interface LineFile {
  readonly path: string;
  /** true when `flush` is due */
  add(line: string): boolean;
  flush(): Promise<void>;
  close(): Promise<void>;
}

export async function createLineFile(path: string): Promise<LineFile> {
  const file = await open(path, 'w');
  let pending = '';
  const flush = async () => {
    const text = pending;
    pending = '';
    await file.appendFile(text);
  };
  return {
    path,
    add(line) {
      pending += `${line}\n`;
      return pending.length > PIECE;
    },
    flush,
    async close() {
      await flush();
      await file.close();
    },
  };
}
