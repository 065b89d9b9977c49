// Requests of data protection, each with its audit entry: erase a user, or export everything stored about one.
import type { Erasure, UserExport } from '../contract/user.js';
import type { Catalog } from '../core/catalog.js';
import { formatCount } from '../core/format-count.js';
import type { EngineClient } from '../engine/client/client.js';
import { userHash } from '../engine/documents/user-hash.js';
import { eraseUser } from './erase-user.js';
import { exportUser, type UserStores } from './export-user.js';

export interface UserRequests {
  /** Errors: those of `eraseUser`. */
  erase(userId: string, actor: string): Promise<Erasure>;
  export(userId: string, actor: string): Promise<UserExport>;
}

export function createUserRequests(deps: {
  readonly engine: EngineClient;
  readonly catalogs: readonly Catalog[];
  readonly readSession: UserStores['readSession'];
  readonly audit: {
    record(entry: Readonly<Record<'actor' | 'action' | 'resource' | 'detail', string>>): Promise<void>;
  };
  /** called before the response, so that this process stops serving the user */
  readonly onErased: (userId: string) => Promise<void>;
  /** milliseconds since the epoch */
  readonly now: () => number;
}): UserRequests {
  const { audit, onErased, now } = deps;
  return {
    async erase(userId, actor) {
      const erased = await eraseUser(deps, userId);
      await onErased(userId);
      const detail = `${formatCount(erased.events, 'event')}, ${formatCount(erased.profiles, 'profile')}`;
      await audit.record({ actor, action: 'erase', resource: auditName(userId), detail });
      return { erased, tombstone: true };
    },
    async export(userId, actor) {
      const exported = await exportUser(deps, userId);
      await audit.record({ actor, action: 'export', resource: auditName(userId), detail: '' });
      return { ...exported, exported_at: new Date(now()).toISOString() };
    },
  };
}

/** A hash, as the audit trail outlives the user. */
function auditName(userId: string): string {
  return `users/${userHash(userId).slice(0, 16)}`;
}
