// Single documents, with the optimistic concurrency of sequence numbers.
import { KindredError } from '../../core/errors.js';
import type { EngineClient, EngineTransport, StoredDocument, WriteOptions } from '../client/client.js';
import { call, engineError } from '../client/engine-response.js';
import { indexPath } from '../indices/index-path.js';
import { isSeveral, mgetOfSeveral } from './several-indices.js';

interface Found<T> {
  readonly _id: string;
  readonly found?: boolean;
  readonly _seq_no: number;
  readonly _primary_term: number;
  readonly _source: T;
  readonly error?: object;
}

export function createDocuments(
  transport: EngineTransport,
): Pick<EngineClient, 'get' | 'mget' | 'put' | 'delete'> {
  return {
    async get<T>(index: string, id: string) {
      const path = indexPath(index, '_doc', id);
      const { status, body } = await call<Found<T>>(transport, { method: 'GET', path }, [404]);
      return status === 404 ? null : stored(body);
    },

    async mget<T>(index: string, ids: readonly string[], sourceIncludes?: readonly string[]) {
      if (ids.length === 0) return [];
      if (isSeveral(index))
        return (await mgetOfSeveral(transport, index, ids, sourceIncludes)) as (StoredDocument<T> | null)[];
      const request = {
        method: 'POST',
        path: indexPath(index, '_mget'),
        querystring: sourceIncludes && { _source_includes: sourceIncludes.join(',') },
        body: { ids },
      } as const;
      const { body } = await call<{ docs: Found<T>[] }>(transport, request);
      // A missing index or shard is an error within a response of 200, unlike a missing document.
      const unreadable = body.docs.find(({ error }) => error);
      if (unreadable) throw engineError(request, { status: 404, body: unreadable });
      return body.docs.map((document) => (document.found ? stored(document) : null));
    },

    async put(index, id, document, options = {}) {
      const { status, body } = await call<Found<unknown>>(
        transport,
        {
          method: 'PUT',
          path: indexPath(index, '_doc', id),
          querystring: { ...writeParameters(options), ...(options.create && { op_type: 'create' }) },
          body: document,
        },
        [409],
      );
      if (status === 409) throw staleOrConflict(index, options);
      return { ...stored(body), source: document };
    },

    async delete(index, id, options = {}) {
      const path = indexPath(index, '_doc', id);
      const querystring = writeParameters(options);
      const { status } = await call(transport, { method: 'DELETE', path, querystring }, [404, 409]);
      if (status === 409) throw staleOrConflict(index, options);
    },
  };
}

function stored<T>({ _id, _seq_no, _primary_term, _source }: Found<T>): StoredDocument<T> {
  return { id: _id, source: _source, seqNo: _seq_no, primaryTerm: _primary_term };
}

function writeParameters({ ifMatch, refresh }: WriteOptions): Record<string, number | boolean> {
  return {
    ...(ifMatch && { if_seq_no: ifMatch.seqNo, if_primary_term: ifMatch.primaryTerm }),
    // Not `wait_for`: that hangs where an index refreshes only on demand.
    ...(refresh && { refresh: true }),
  };
}

function staleOrConflict(index: string, { ifMatch }: WriteOptions): KindredError {
  return ifMatch
    ? new KindredError('stale', 'It was changed meanwhile: read it again, then repeat the change.', {
        status: 412,
      })
    : new KindredError('conflict', `A document with this id exists already in ${index}.`, { status: 409 });
}
