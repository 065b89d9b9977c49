// Which engine answers at an address, and in which version.
import { z } from 'zod';
import type { EngineKind } from '../../core/engine-kind.js';
import { KindredError } from '../../core/errors.js';
import { createUpstream, type Upstream } from '../upstream.js';
import { type EngineAddress, parseEngineAddress } from './engine-address.js';
import { engineUnreachable } from './engine-unreachable.js';

export interface DetectedEngine {
  readonly kind: EngineKind;
  readonly version: string;
}

const MIN_MAJOR: Readonly<Record<EngineKind, number>> = { elasticsearch: 8, opensearch: 2 };

const rootSchema = z.object({
  version: z.object({ number: z.string(), distribution: z.unknown().optional() }),
});
const nodesSchema = z.object({ nodes: z.record(z.string(), z.object({ version: z.string() })) });

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
    const oldest = MIN_MAJOR[detected.kind];
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
  const version = rootSchema.safeParse((await get(upstream, url, '/')).body).data?.version;
  if (!version) return null;
  const kind = version.distribution === 'opensearch' ? 'opensearch' : 'elasticsearch';
  return { kind, version: version.number };
}

/** A distribution without the root endpoint has its version in the list of nodes. */
async function fromNodes(upstream: Upstream, url: string): Promise<DetectedEngine | null> {
  const { body, product } = await get(upstream, url, '/_nodes?filter_path=nodes.*.version');
  const [node] = Object.values(nodesSchema.safeParse(body).data?.nodes ?? {});
  if (!node) return null;
  return { kind: product === 'Elasticsearch' ? 'elasticsearch' : 'opensearch', version: node.version };
}

async function get(upstream: Upstream, url: string, path: string) {
  const { status, headers, body } = await upstream.request({ method: 'GET', path });
  const text = await read(body, url);
  if (status === 401 || status === 403)
    throw refused(
      'engine-credentials',
      `The engine at ${url} refused the credentials (${status}): check ELASTICSEARCH_API_KEY, or ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD`,
    );
  return { body: parseJson(text), product: headers['x-elastic-product'] };
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
