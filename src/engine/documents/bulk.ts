// The bulk request: many writes at once, with failures item by item.
import type { BulkFailure, BulkItem, EngineClient, EngineTransport } from '../client/client.js';
import { call } from '../client/engine-response.js';
import { indexPath } from '../indices/index-path.js';

type BulkResponse = {
  errors: boolean;
  items: Record<string, { _id: string; status: number; error?: { reason?: string; type?: string } }>[];
};

/** What is read of a response: the rest would cost the engine and this process as much as writing small documents. */
const FAILURES = 'errors,items.*._id,items.*.status,items.*.error.type,items.*.error.reason';

export function createBulk(transport: EngineTransport): Pick<EngineClient, 'bulk'> {
  return {
    async bulk(index, items, options = {}) {
      if (items.length === 0) return [];
      const { body } = await call<BulkResponse>(transport, {
        method: 'POST',
        path: indexPath(index, '_bulk'),
        querystring: { filter_path: FAILURES, ...(options.refresh && { refresh: true }) },
        ndjson: items.flatMap(lines),
      });
      return body.errors ? body.items.flatMap((item) => Object.values(item).flatMap(failureOf)) : [];
    },
  };
}

function lines({ action, id, document }: BulkItem): string[] {
  const operation = JSON.stringify({ [action]: { _id: id } });
  if (action === 'delete') return [operation];
  return [operation, typeof document === 'string' ? document : JSON.stringify(document)];
}

/** A deleted document that was not there has status 404 and no error: nothing failed. */
function failureOf({ _id, status, error }: BulkResponse['items'][number][string]): BulkFailure[] {
  return error ? [{ id: _id, status, reason: error.reason ?? error.type ?? 'no reason given' }] : [];
}
