// ETags of stored documents, and the precondition every PUT and DELETE must carry (RFC 9110 §13.1.1).
import { KindredError } from '../../core/errors.js';

export interface Revision {
  readonly seqNo: number;
  readonly primaryTerm: number;
}

/** `"seq_no.primary_term"`, quotes included. */
export function etagOf({ seqNo, primaryTerm }: Revision): string {
  return `"${seqNo}.${primaryTerm}"`;
}

/**
 * The revision a change must find in the store; undefined for `If-Match: *`, which any revision satisfies.
 * Errors: those of `checkIfMatch`.
 */
export function matchedRevision<R extends Revision>(header: string | undefined, current: R): R | undefined {
  return checkIfMatch(header, etagOf(current)) ? current : undefined;
}

/**
 * Checks an `If-Match` header against the resource's ETag.
 * @returns false for `*` (any revision is meant), true when this very revision is
 * @throws KindredError `precondition-required` (428) without the header, `stale` (412) when no tag matches
 */
export function checkIfMatch(header: string | undefined, etag: string): boolean {
  if (header === undefined) {
    const message = 'send If-Match with the ETag you read, or * to overwrite whatever is there';
    throw new KindredError('precondition-required', message, { status: 428 });
  }
  const tags = header.split(',').map((tag) => tag.trim());
  if (tags.includes('*')) return false;
  if (tags.includes(etag)) return true;
  throw new KindredError('stale', 'it was changed meanwhile; read it again, then repeat the change', {
    status: 412,
  });
}
