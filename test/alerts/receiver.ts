// A webhook's receiver: a real HTTP server that keeps what it was sent and answers as a test tells it to.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { alertMessageSchema } from '../../src/contract/alert.js';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Answer =>
  (_, response) =>
    void response.writeHead(code, headers).end('thanks');

export async function openReceiver(answer: Answer = status(204)) {
  const received: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
  const state = { answer };
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    received.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
    state.answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook?token=hidden-token`,
    received,
    messages: () => received.map(({ body }) => alertMessageSchema.parse(JSON.parse(body))),
    answerWith(next: Answer) {
      state.answer = next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export type Receiver = Awaited<ReturnType<typeof openReceiver>>;
