// An ear between a client and Kindred: hands every byte on, and notes what was asked and how it was answered.
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';

export interface Heard {
  readonly method: string;
  /** with its query */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly status: number;
  /** the header `X-Personalization`; empty when there was none */
  readonly personalization: string;
}

export interface Ear {
  readonly url: string;
  /** everything since the last time it was asked, and begins afresh */
  take(): Heard[];
  close(): Promise<void>;
}

export async function openEar(target: string): Promise<Ear> {
  let heard: Heard[] = [];
  const server = createServer((asked, answer) => {
    const { method = '', url: path = '', headers } = asked;
    const onward = request(new URL(path, target), { method, headers }, (answered) => {
      const { statusCode: status = 0, rawHeaders } = answered;
      const personalization = String(answered.headers['x-personalization'] ?? '');
      heard.push({ method, path, headers, status, personalization });
      answer.writeHead(status, rawHeaders);
      pipeline(answered, answer).catch(() => answer.destroy());
    });
    onward.on('error', () => answer.destroy());
    pipeline(asked, onward).catch(() => answer.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = heard;
      heard = [];
      return taken;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
