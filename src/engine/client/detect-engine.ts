// Which engine answers at an address, and in which version.
import type { EngineKind } from '../../core/engine-kind.js';
import { KindredError } from '../../core/errors.js';
import { createUpstream, type Upstream } from '../upstream.js';
import { type EngineAddress, parseEngineAddress } from './engine-address.js';
import { engineUnreachable } from './engine-unreachable.js';

export interface DetectedEngine {
  readonly kind: EngineKind;
  readonly version: string;
}

const OLDEST: Readonly<Record<EngineKind, number>> = { elasticsearch: 8, opensearch: 2 };

/**
 * @throws KindredError `engine-unreachable` (503), `engine-credentials` (503), `engine-unknown` (503),
 *   `engine-version` (503)
 */
export async function detectEngine(address: EngineAddress): Promise<DetectedEngine> {
  const { url } = parseEngineAddress(address);
  const upstream = createUpstream(address);
  try {
    const detected = (await fromRoot(upstream, url)) ?? (await fromNodes(upstream, url));
    if (!detected)
      throw refused('engine-unknown', `${url} answers, but is neither Elasticsearch nor OpenSearch`);
    const oldest = OLDEST[detected.kind];
    if (Number.parseInt(detected.version, 10) < oldest)
      throw refused(
        'engine-version',
        `${url} runs ${detected.kind} ${detected.version}; ${oldest} is the oldest that works`,
      );
    return detected;
  } finally {
    await upstream.close();
  }
}

async function fromRoot(upstream: Upstream, url: string): Promise<DetectedEngine | null> {
  const { body } = await ask(upstream, url, '/');
  const version = (body as { version?: { number?: unknown; distribution?: unknown } } | null)?.version;
  if (typeof version?.number !== 'string') return null;
  const kind = version.distribution === 'opensearch' ? 'opensearch' : 'elasticsearch';
  return { kind, version: version.number };
}

/** A distribution without the root endpoint still tells its version among its nodes. */
async function fromNodes(upstream: Upstream, url: string): Promise<DetectedEngine | null> {
  const { body, product } = await ask(upstream, url, '/_nodes?filter_path=nodes.*.version');
  const nodes = (body as { nodes?: Record<string, { version?: unknown }> } | null)?.nodes ?? {};
  const version = Object.values(nodes)[0]?.version;
  if (typeof version !== 'string') return null;
  return { kind: product === 'Elasticsearch' ? 'elasticsearch' : 'opensearch', version };
}

async function ask(upstream: Upstream, url: string, path: string) {
  const answer = await upstream.request({ method: 'GET', path });
  const text = await read(answer.body, url);
  if (answer.status === 401 || answer.status === 403)
    throw refused(
      'engine-credentials',
      `The engine at ${url} refused the credentials (${answer.status}): check ELASTICSEARCH_API_KEY, or ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD`,
    );
  return { body: parseJson(text), product: answer.headers['x-elastic-product'] };
}

async function read(body: AsyncIterable<Buffer>, url: string): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of body) chunks.push(chunk);
  } catch (error) {
    throw engineUnreachable(url, error);
  }
  return Buffer.concat(chunks).toString();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function refused(code: string, message: string): KindredError {
  return new KindredError(code, `${message}.`, { status: 503 });
}
