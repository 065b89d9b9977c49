// Hash of a user id, where it must be recognized but not readable: in the audit trail and in tombstones.
import { createHash } from 'node:crypto';

/** SHA-256 in hex digits, as DuckDB's `sha256` makes it of the same text. */
export function userHash(userId: string): string {
  return createHash('sha256').update(userId).digest('hex');
}
