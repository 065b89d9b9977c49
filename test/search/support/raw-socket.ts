// One connection on which a test writes bytes as it likes and reads answer after answer.
import { once } from 'node:events';
import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** names in lower case */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface RawSocket {
  write(bytes: string | Buffer): Promise<void>;
  /** The next answer; rejects when the connection ends before it is complete. */
  answer(method?: string): Promise<RawAnswer>;
  /** Until this has arrived; it stays to be read. */
  read(part: string): Promise<void>;
  /** what is left to read when the other side closes */
  closed(): Promise<string>;
  readonly localPort: number;
  destroy(): void;
}

export async function rawSocket(port: number): Promise<RawSocket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const ended = once(socket, 'close');
  let bytes = Buffer.alloc(0);
  let wake = () => {};
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    wake();
  });
  socket.on('error', () => {});
  socket.once('close', () => wake());

  async function until<T>(read: () => T | null): Promise<T> {
    for (;;) {
      const found = read();
      if (found !== null) return found;
      if (socket.closed) throw new Error(`the connection ended after ${JSON.stringify(bytes.toString())}`);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return {
    localPort: socket.localPort ?? 0,
    async write(sent) {
      if (!socket.write(sent)) await Promise.race([once(socket, 'drain'), ended]);
    },
    async answer(method) {
      const head = await until(() => {
        const end = bytes.indexOf('\r\n\r\n');
        return end < 0 ? null : bytes.subarray(0, end).toString('latin1');
      });
      const [first = '', ...lines] = head.split('\r\n');
      const headers = Object.fromEntries(
        lines.map((line) => [
          line.slice(0, line.indexOf(':')).toLowerCase(),
          line.slice(line.indexOf(':') + 2),
        ]),
      );
      const start = head.length + 4;
      const length = method === 'HEAD' ? 0 : Number(headers['content-length']);
      const end = headers['transfer-encoding']
        ? (await until(() => (bytes.indexOf('\r\n0\r\n\r\n') < 0 ? null : bytes.indexOf('\r\n0\r\n\r\n')))) +
          7
        : start + length;
      await until(() => (bytes.length < end ? null : true));
      const body = bytes.subarray(start, end).toString();
      bytes = bytes.subarray(end);
      return { status: Number(first.split(' ')[1]), headers, body };
    },
    async read(part) {
      await until(() => (bytes.includes(part) ? true : null));
    },
    async closed() {
      await ended;
      return bytes.toString();
    },
    destroy: () => socket.destroy(),
  };
}

/** A whole request; a body comes with its length. */
export function rawRequest(
  method: string,
  target: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string | Buffer,
): Buffer {
  const bytes = Buffer.from(body ?? '');
  const all = {
    host: 'shop.example',
    ...headers,
    ...(body !== undefined && { 'content-length': `${bytes.length}` }),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`), bytes]);
}
