// A stub in front of the engine that answers the measured search at once, with 9 kB: what remains is the proxy's own cost.
import { writeFile } from 'node:fs/promises';
import { createServer, request as forward } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../engine/embedded/ports.js';
import { type RunningServer, startServer } from '../processes/server-process.js';
import { benchProducts } from '../search/bench-data.js';
import { INDEX } from '../search/bench-shop.js';

/** Only a search with this parameter is answered here; everything else is forwarded to the engine. */
const MARK = { name: 'preference', value: 'bench' };
export const STUB_TARGET = `/${INDEX}/_search?${MARK.name}=${MARK.value}`;

const RESPONSE_BYTES = 9_000;
/** nginx takes no longer strings in its configuration. */
const PIECE = 2_000;
const HEADERS = { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' };

export interface RunningStub extends RunningServer {
  readonly url: string;
}

/** @param nginx path of its program; null: a stub in Node, which is slower */
export async function startStub(
  engineUrl: string,
  nginx: string | null,
  core: number | undefined,
): Promise<RunningStub> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const script = fileURLToPath(new URL('./stub-process.js', import.meta.url));
  const server = await startServer({
    name: nginx ? 'nginx as a stub' : 'the stub',
    command: nginx
      ? (folder) => nginxCommand(nginx, folder, stubLocations(engineUrl), port)
      : () => [process.execPath, script, engineUrl, String(port)],
    env: { PATH: process.env.PATH },
    readyUrl: `${url}/${INDEX}`,
    core,
  });
  return { ...server, url };
}

/** nginx as a reverse proxy to the same stub, over keep-alive connections. */
export async function startNginxProxy(
  stubUrl: string,
  nginx: string,
  core: number | undefined,
): Promise<RunningStub> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const locations = `location / { proxy_pass http://upstream; }`;
  const server = await startServer({
    name: 'nginx as a proxy',
    command: (folder) => nginxCommand(nginx, folder, locations, port, stubUrl),
    env: { PATH: process.env.PATH },
    readyUrl: `${url}/${INDEX}`,
    core,
  });
  return { ...server, url };
}

function stubLocations(engineUrl: string): string {
  const body = stubResponse();
  const pieces = Array.from({ length: Math.ceil(body.length / PIECE) }, (_, at) =>
    body.slice(at * PIECE, (at + 1) * PIECE),
  );
  const variables = pieces.map((piece, at) => `set $piece${at} '${piece}';`).join('\n');
  const whole = pieces.map((_, at) => `$piece${at}`).join('');
  return `
    location = /${INDEX}/_search {
      default_type application/json;
      add_header X-Elastic-Product Elasticsearch;
      ${variables}
      if ($arg_${MARK.name} = ${MARK.value}) { return 200 '${whole}'; }
      proxy_pass ${engineUrl};
    }
    location / { proxy_pass ${engineUrl}; }`;
}

/** One process, which is the one worker; it writes as few files as possible. */
async function nginxCommand(
  nginx: string,
  folder: string,
  locations: string,
  port: number,
  upstream?: string,
): Promise<string[]> {
  const file = join(folder, 'nginx.conf');
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder};`,
  );
  await writeFile(
    file,
    `daemon off; master_process off; pid ${folder}/nginx.pid; error_log stderr error;
events { worker_connections 1024; }
http {
  access_log off; keepalive_requests 1000000000; client_max_body_size 20m; tcp_nodelay on;
  ${paths.join(' ')}
  proxy_http_version 1.1; proxy_set_header Connection "";
  ${upstream ? `upstream upstream { server ${new URL(upstream).host}; keepalive 128; keepalive_requests 1000000000; }` : ''}
  server { listen 127.0.0.1:${port} backlog=1024; ${locations} }
}
`,
  );
  return [nginx, '-p', folder, '-c', file, '-e', 'stderr'];
}

/** As many hits as fill 9 kB, without quotes and `$`, which nginx would interpret. */
function stubResponse(): string {
  const hits: object[] = [];
  const body = () =>
    JSON.stringify({
      took: 5,
      timed_out: false,
      _shards: { total: 1, successful: 1, skipped: 0, failed: 0 },
      hits: { total: { value: 10_000, relation: 'gte' }, max_score: 9.5, hits },
    });
  for (const product of benchProducts(1_000)) {
    hits.push({ _index: INDEX, _id: product.object_id, _score: 9.5, _source: product });
    if (body().length >= RESPONSE_BYTES) break;
  }
  return body();
}

/** The stub in Node: runs in a process of its own. */
export function serveStub(engineUrl: string, port: number): void {
  const body = Buffer.from(stubResponse());
  const { hostname, port: enginePort } = new URL(engineUrl);
  const mark = `${MARK.name}=${MARK.value}`;
  const server = createServer((request, response) => {
    if (request.url?.includes(mark)) {
      request.resume();
      response.writeHead(200, { ...HEADERS, 'content-length': body.length }).end(body);
      return;
    }
    const { method, headers, url: path } = request;
    const outgoing = forward({ hostname, port: enginePort, method, headers, path }, (forwarded) => {
      response.writeHead(forwarded.statusCode ?? 502, forwarded.headers);
      forwarded.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    request.pipe(outgoing);
  });
  server.listen(port, '127.0.0.1');
}
