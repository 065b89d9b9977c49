// Puts events into the event index: what this returns from is durable, and nothing is stored twice.
import { KindredError } from '../core/errors.js';
import type { BulkFailure, EngineClient } from '../engine/client/client.js';

/** Status of an event that was there before: nothing to do. */
export const ALREADY_STORED = 409;
const INVALID = 400;

/**
 * @returns what was not stored, by event id
 * Error: `events-not-stored` (503) when the engine took none for now.
 */
export async function storeEvents(
  engine: Pick<EngineClient, 'bulk'>,
  index: string,
  events: readonly { readonly id: string; readonly document: Record<string, unknown> }[],
): Promise<ReadonlyMap<string, BulkFailure>> {
  const items = events.map(({ id, document }) => ({ action: 'create' as const, id, document }));
  try {
    const failures = await engine.bulk(index, items);
    if (failures.length === items.length && failures.every(isPassing)) throw new Error(failures[0]?.reason);
    return new Map(failures.map((failure) => [failure.id, failure]));
  } catch (cause) {
    throw new KindredError(
      'events-not-stored',
      'no event could be stored now; send them again, none will count twice',
      { status: 503, cause },
    );
  }
}

/** Only a 400 is about the event; overload, a blocked disk or a closed index are not: it may be taken later. */
export function isPassing({ status }: BulkFailure): boolean {
  return status !== INVALID && status !== ALREADY_STORED;
}
