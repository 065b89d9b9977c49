// One connection to a running Kindred that is kept, and which process is at its other end.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { Agent, request } from 'node:http';
import type { Answer, Request } from './shop-client.js';

export interface KeptConnection {
  /** asks over the one connection; a new one takes its place when it is gone. Rejects as sockets do */
  ask<T = unknown>(path: string, request?: Request): Promise<Answer<T>>;
  /** the process that has the other end, among `pids` */
  owner(pids: readonly number[]): number | undefined;
  close(): void;
}

export function keepConnection(url: string): KeptConnection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let localPort = 0;
  return {
    ask: (path, { method, body, headers } = {}) =>
      new Promise((resolve, reject) => {
        const sent = body === undefined ? undefined : JSON.stringify(body);
        const asked = request(url + path, {
          agent,
          method: method ?? (sent === undefined ? 'GET' : 'POST'),
          headers: { ...(sent !== undefined && { 'content-type': 'application/json' }), ...headers },
        });
        asked.once('error', reject);
        asked.once('socket', (socket) => {
          if (socket.connecting) socket.once('connect', () => (localPort = socket.localPort ?? 0));
        });
        asked.once('response', (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk) => chunks.push(chunk));
          answer.once('error', reject);
          answer.once('end', () => {
            const text = Buffer.concat(chunks).toString();
            const header = (name: string) => String(answer.headers[name] ?? '');
            resolve({ status: answer.statusCode ?? 0, header, text, json: () => JSON.parse(text) });
          });
        });
        asked.end(sent);
      }),
    owner: (pids) => pids.find((pid) => hasSocket(pid, localPort, Number(new URL(url).port))),
    close: () => agent.destroy(),
  };
}

/** Linux: the children that run now. */
export function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.trim() === '' ? [] : text.trim().split(' ').map(Number);
}

/** Linux: whether a process holds the server's end of a loopback connection. */
function hasSocket(pid: number, clientPort: number, serverPort: number): boolean {
  const hex = (port: number) => port.toString(16).toUpperCase().padStart(4, '0');
  const line = readFileSync(`/proc/${pid}/net/tcp`, 'utf8')
    .split('\n')
    .map((text) => text.trim().split(/\s+/))
    .find(
      ([, local, remote]) =>
        local?.endsWith(`:${hex(serverPort)}`) && remote?.endsWith(`:${hex(clientPort)}`),
    );
  const inode = line?.[9];
  if (!inode) return false;
  return readdirSync(`/proc/${pid}/fd`).some((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`) === `socket:[${inode}]`;
    } catch {
      return false;
    }
  });
}
