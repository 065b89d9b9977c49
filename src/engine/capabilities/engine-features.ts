// Features that an engine has or lacks: the rescorer retriever by its version, the UBI plugin by asking its nodes.
import { z } from 'zod';
import type { EngineClient } from '../client/client.js';

/** The first version of Elasticsearch with the `rescorer` retriever. */
const RESCORER_SINCE = [8, 18] as const;

/** The plugin of OpenSearch that reads `ext.ubi` of a search; engines without it refuse the search. */
const UBI_PLUGIN = 'opensearch-ubi';

const nodesSchema = z.object({
  nodes: z.record(z.string(), z.object({ plugins: z.array(z.object({ name: z.string() })).default([]) })),
});

/** Whether the hits of a retriever can be rescored. */
export function hasRescorerRetriever({ kind, version }: Pick<EngineClient, 'kind' | 'version'>): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [sinceMajor, sinceMinor] = RESCORER_SINCE;
  return kind === 'elasticsearch' && (major > sinceMajor || (major === sinceMajor && minor >= sinceMinor));
}

/** Any node may get a search, so all must have the plugin. False as well where the credential may not list plugins. */
export async function hasUbiPlugin(engine: Pick<EngineClient, 'request'>): Promise<boolean> {
  const { status, body } = await engine.request({
    method: 'GET',
    path: '/_nodes/plugins',
    querystring: { filter_path: 'nodes.*.name,nodes.*.plugins.name' },
  });
  const nodes = status === 200 ? nodesSchema.safeParse(body).data?.nodes : undefined;
  const plugins = Object.values(nodes ?? {}).map((node) => node.plugins);
  return (
    plugins.length > 0 && plugins.every((installed) => installed.some(({ name }) => name === UBI_PLUGIN))
  );
}
