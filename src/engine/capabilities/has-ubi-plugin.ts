// Does the engine read `ext.ubi` of a search? Only with OpenSearch's plugin User Behavior Insights; others refuse it.
import { z } from 'zod';
import type { EngineClient } from '../client/client.js';

const PLUGIN = 'opensearch-ubi';
const nodesSchema = z.object({
  nodes: z.record(z.string(), z.object({ plugins: z.array(z.object({ name: z.string() })).default([]) })),
});

/** Any node may be asked, so all must have it. A credential that may not look finds none. */
export async function hasUbiPlugin(engine: Pick<EngineClient, 'request'>): Promise<boolean> {
  const { status, body } = await engine.request({
    method: 'GET',
    path: '/_nodes/plugins',
    querystring: { filter_path: 'nodes.*.name,nodes.*.plugins.name' },
  });
  const nodes = status === 200 ? nodesSchema.safeParse(body).data?.nodes : undefined;
  const plugins = Object.values(nodes ?? {}).map((node) => node.plugins);
  return plugins.length > 0 && plugins.every((installed) => installed.some(({ name }) => name === PLUGIN));
}
