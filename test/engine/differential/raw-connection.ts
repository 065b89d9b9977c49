// One TCP connection that speaks HTTP/1.1 by hand: bodies that no client would send, and whether it lives on.
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface RawConnection {
  /** writes a request and reads one whole answer; rejects when the connection ends before that */
  ask(head: readonly string[], body?: string | Uint8Array): Promise<RawAnswer>;
  /** writes what was held back of a request, and reads one whole answer */
  send(body: string): Promise<RawAnswer>;
  /** ends our side where it stands */
  end(): void;
}

export async function openConnection(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  return {
    async ask(head, body = '') {
      const answer = readAnswer(socket);
      socket.write(`${head.join('\r\n')}\r\nHost: shop\r\n\r\n`);
      socket.write(body);
      return answer;
    },
    async send(body) {
      const answer = readAnswer(socket);
      socket.write(body);
      return answer;
    },
    end: () => socket.destroy(),
  };
}

function readAnswer(socket: Socket): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    const stop = (settle: () => void) => {
      socket.off('data', take).off('error', lost).off('close', lost);
      settle();
    };
    const lost = (error: unknown) =>
      stop(() => reject(new Error(`the connection ended, after ${received.length} bytes: ${error}`)));
    const take = (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const answer = parseAnswer(received);
      if (answer) stop(() => resolve(answer));
    };
    socket.on('data', take).once('error', lost).once('close', lost);
  });
}

function parseAnswer(bytes: Buffer): RawAnswer | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const rest = bytes.subarray(end + 4);
  const body =
    headers['transfer-encoding'] === 'chunked'
      ? unchunked(rest)
      : whole(rest, Number(headers['content-length'] ?? 0));
  return body === null ? null : { status: Number(first.split(' ')[1]), headers, body: body.toString() };
}

function whole(bytes: Buffer, length: number): Buffer | null {
  return bytes.length < length ? null : bytes.subarray(0, length);
}

function unchunked(bytes: Buffer): Buffer | null {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return null;
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    if (bytes.length < line + 2 + size + 2) return null;
    if (size === 0) return Buffer.concat(parts);
    parts.push(bytes.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
}
