// Creates the indices Kindred needs, or updates their mappings to this version. Running it again changes nothing.
import { z } from 'zod';
import { KindredError } from '../../core/errors.js';
import type { EngineClient } from '../client/client.js';
import { call } from '../client/engine-response.js';
import { indexPath } from './index-path.js';
import { BOOTSTRAPPED, type IndexDefinition, readMapping } from './mappings.js';

/** Kindred's mark in the `_meta` of a mapping. */
const markSchema = z.object({ kindred: z.object({ version: z.number() }) });

interface Target {
  readonly name: string;
  readonly definition: IndexDefinition;
}

/**
 * Creates missing indices and updates older mappings. An index without Kindred's mark (the UBI plugin makes its own
 * `ubi_events`) is left as it is. Several starts at once are safe.
 * @throws KindredError `newer-mapping` (409), before anything is changed
 */
export async function bootstrapIndices(engine: EngineClient): Promise<void> {
  const targets = await Promise.all(
    BOOTSTRAPPED.map(async (name) => ({ name, definition: await readMapping(name) })),
  );
  const versions = await Promise.all(targets.map((target) => checkedVersion(engine, target)));
  await Promise.all(
    targets.map(async (target, position) => {
      const version = versions[position];
      if (version === 'absent') await create(engine, target);
      else if (version !== 'foreign' && version !== known(target)) await update(engine, target);
    }),
  );
}

/**
 * Creates an empty profile index with the profiles mapping.
 * @throws KindredError `index-exists` (409)
 */
export async function createProfileIndex(engine: EngineClient, name: string): Promise<void> {
  await engine.createIndex(name, await readMapping('kindred-profiles'));
}

function known({ definition }: Target): number {
  return definition.mappings._meta.kindred.version;
}

async function checkedVersion(engine: EngineClient, target: Target): Promise<number | 'absent' | 'foreign'> {
  const mapping = await engine.getMapping(target.name);
  if (!mapping) return 'absent';
  const mark = markSchema.safeParse(mapping.meta);
  if (!mark.success) return 'foreign';
  const { version } = mark.data.kindred;
  if (version > known(target))
    throw new KindredError(
      'newer-mapping',
      `Index ${target.name} at ${engine.url} was made by a newer Kindred (mapping ${version}, this one knows ` +
        `${known(target)}): upgrade this Kindred, or point ELASTICSEARCH_URL at another cluster.`,
      { status: 409 },
    );
  return version;
}

async function create(engine: EngineClient, { name, definition }: Target): Promise<void> {
  try {
    await engine.createIndex(name, definition);
  } catch (error) {
    const otherStart = error instanceof KindredError && error.code === 'index-exists';
    if (!otherStart) throw error;
  }
}

async function update(engine: EngineClient, { name, definition }: Target): Promise<void> {
  const path = indexPath(name, '_mapping');
  await call(engine.request, { method: 'PUT', path, body: definition.mappings });
}
