// Indices: create, describe, drop.
import { KindredError } from '../../core/errors.js';
import type { EngineClient, EngineTransport, MappingProperty } from '../client/client.js';
import { call, engineError, errorCause } from '../client/engine-response.js';
import { indexPath } from './index-path.js';

type Indices = Pick<
  EngineClient,
  | 'indexExists'
  | 'createIndex'
  | 'deleteIndex'
  | 'getMapping'
  | 'listShards'
  | 'putSettings'
  | 'refresh'
  | 'listIndices'
>;

type Properties = Record<string, MappingProperty>;
type MappingsByIndex = Record<
  string,
  {
    mappings: {
      properties?: Properties;
      runtime?: Properties;
      derived?: Properties;
      _meta?: Record<string, unknown>;
    };
  }
>;

type SettingsByIndex = Record<string, { settings: { index: { uuid: string; number_of_shards: string } } }>;

export function createIndices(transport: EngineTransport): Indices {
  return {
    async indexExists(index) {
      const { status } = await call(transport, { method: 'HEAD', path: indexPath(index) }, [404]);
      return status === 200;
    },

    async createIndex(index, definition) {
      const request = { method: 'PUT', path: indexPath(index), body: definition } as const;
      const { status, body } = await call(transport, request, [400]);
      if (status !== 400) return;
      if (errorCause(body).type === 'resource_already_exists_exception')
        throw new KindredError('index-exists', `Index ${index} exists already.`, { status: 409 });
      throw engineError(request, { status, body });
    },

    async deleteIndex(index) {
      // OpenSearch would take a pattern, and drop everything it matches.
      if (/[*,]/.test(index)) throw new KindredError('index-name', `${index} does not name one index.`);
      await call(transport, {
        method: 'DELETE',
        path: indexPath(index),
        querystring: { ignore_unavailable: true },
      });
    },

    async getMapping(index) {
      const request = { method: 'GET', path: indexPath(index, '_mapping') } as const;
      const { status, body } = await call<MappingsByIndex>(transport, request, [404]);
      if (status === 404) return null;
      const all = Object.values(body).map(({ mappings }) => mappings);
      const runtime: Properties = Object.assign(
        {},
        ...all.flatMap((mappings) => [mappings.runtime, mappings.derived]),
      );
      return {
        properties: Object.assign({}, ...all.map(({ properties }) => properties)),
        ...(Object.keys(runtime).length > 0 && { runtime }),
        meta: all[0]?._meta ?? {},
      };
    },

    async listShards(index) {
      const { body } = await call<SettingsByIndex>(transport, {
        method: 'GET',
        path: indexPath(index, '_settings', 'index.uuid,index.number_of_shards'),
      });
      return Object.entries(body).flatMap(([name, { settings }]) =>
        Array.from({ length: Number(settings.index.number_of_shards) }, (_, shard) => ({
          index: name,
          uuid: settings.index.uuid,
          shard,
        })),
      );
    },

    async putSettings(index, settings) {
      await call(transport, { method: 'PUT', path: indexPath(index, '_settings'), body: settings });
    },

    async refresh(index) {
      await call(transport, { method: 'POST', path: indexPath(index, '_refresh') });
    },

    async listIndices(pattern) {
      const { body } = await call<{ indices: { name: string }[] }>(transport, {
        method: 'GET',
        path: `/_resolve/index/${encodeURIComponent(pattern)}`,
      });
      return body.indices.map(({ name }) => name).sort();
    },
  };
}
