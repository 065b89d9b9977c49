// Who a trusted request speaks for: headers first, then `ext.kindred`, then `ext.ubi.client_id`.
import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';

import type { Identity } from '../../core/event/identity.js';

import { sentOnce } from '../request/x-kindred.js';

const MAX_ID_LENGTH = 256;

function headerId(value: string | string[] | undefined): string | undefined {
  const id = typeof value === 'string' ? sentOnce(value) : '';
  return id !== '' && id.length <= MAX_ID_LENGTH ? id : undefined;
}

/** Identity headers of a trusted request: UTF-8 where their bytes are that, else Latin-1, which `fetch` and Python send. */
export function identityFromHeaders(headers: IncomingHttpHeaders): Identity {
  return {
    userId: utf8(headerId(headers['x-user-id'])),
    clientId: utf8(headerId(headers['x-client-id'])),
    sessionId: utf8(headerId(headers['x-session-id'])),
  };
}

/** The first source that names an id wins, id by id. */
export function mergeIdentity(...sources: readonly Identity[]): Identity {
  const first = (pick: (identity: Identity) => string | undefined) => sources.map(pick).find((id) => id);
  return {
    userId: first(({ userId }) => userId),
    clientId: first(({ clientId }) => clientId),
    sessionId: first(({ sessionId }) => sessionId),
  };
}

function utf8(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const bytes = Buffer.from(value, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : value;
}
