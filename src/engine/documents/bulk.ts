// Many writes in one request; what failed comes back item by item.
import type { BulkFailure, BulkItem, EngineClient, EngineTransport } from '../client/client.js';
import { call } from '../client/engine-answer.js';
import { indexPath } from '../indices/index-path.js';

type BulkAnswer = {
  errors: boolean;
  items: Record<string, { _id: string; status: number; error?: { reason?: string; type?: string } }>[];
};

/** What is read of an answer: the rest of it costs the engine and us as much as the writes of small documents do. */
const FAILURES = 'errors,items.*._id,items.*.status,items.*.error.type,items.*.error.reason';

export function createBulk(transport: EngineTransport): Pick<EngineClient, 'bulk'> {
  return {
    async bulk(index, items, options = {}) {
      if (items.length === 0) return [];
      const { body } = await call<BulkAnswer>(transport, {
        method: 'POST',
        path: indexPath(index, '_bulk'),
        querystring: { filter_path: FAILURES, ...(options.refresh && { refresh: true }) },
        ndjson: items.flatMap(lines),
      });
      return body.errors ? body.items.flatMap((item) => Object.values(item).flatMap(failureOf)) : [];
    },
  };
}

function lines({ action, id, document }: BulkItem): unknown[] {
  const operation = { [action]: { _id: id } };
  return action === 'delete' ? [operation] : [operation, document];
}

/** A deleted document that was not there has status 404 and no error: nothing failed. */
function failureOf({ _id, status, error }: BulkAnswer['items'][number][string]): BulkFailure[] {
  return error ? [{ id: _id, status, reason: error.reason ?? error.type ?? 'no reason given' }] : [];
}
