// Stores events in the event index: durable when it returns, and nothing is stored twice.
import { KindredError } from '../core/errors.js';
import type { BulkFailure, EngineClient } from '../engine/client/client.js';

/** Status of an event that was stored before: nothing to do. */
export const ALREADY_STORED = 409;
const INVALID = 400;
/** Told of an event that could not be stored, and may be if it is sent again. */
export const STORE_LATER = 'could not be stored now; send it again';

/**
 * @returns what was not stored, by event id
 * Error: `events-not-stored` (503) when the engine stored none for now.
 */
export async function storeEvents(
  engine: Pick<EngineClient, 'bulk'>,
  index: string,
  events: readonly { readonly id: string; readonly document: Record<string, unknown> }[],
): Promise<ReadonlyMap<string, BulkFailure>> {
  const items = events.map(({ id, document }) => ({ action: 'create' as const, id, document }));
  try {
    const failures = await engine.bulk(index, items);
    if (failures.length === items.length && failures.every(isTransient)) throw new Error(failures[0]?.reason);
    return new Map(failures.map((failure) => [failure.id, failure]));
  } catch (cause) {
    throw new KindredError(
      'events-not-stored',
      'no event could be stored now; send them again, none will count twice',
      { status: 503, cause },
    );
  }
}

/** Only a 400 is about the event itself; overload, a blocked disk or a closed index may pass. */
export function isTransient({ status }: BulkFailure): boolean {
  return status !== INVALID && status !== ALREADY_STORED;
}
