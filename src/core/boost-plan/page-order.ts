// What a first page was ranked by, so that later pages and the way back keep its order (docs/proxy.md, "Page by page").
import { z } from 'zod';

/** A page order is forgotten this long after its last use: long enough to look at products between two pages. */
export const PAGE_ORDER_MS = 10 * 60_000;

/**
 * A boost plan follows from the profiles of a version, which never change, from the session's events, and from the
 * moment that ages count from: this is enough to compute it again.
 */
export const pageOrderSchema = z.object({
  /** milliseconds since the epoch: when the first page was requested */
  asOf: z.number(),
  /** the `arrival` of the newest event that the session had; 0 when it had none */
  upTo: z.number(),
  /** id and version of the model that ranked it */
  model: z.string(),
  version: z.number().int(),
  /** a later page was requested since */
  paged: z.boolean(),
});

export type PageOrder = z.infer<typeof pageOrderSchema>;

/** Page orders by key, for one process or shared by several; each is forgotten `PAGE_ORDER_MS` after its last use. */
export interface PageOrderStore {
  /** null when there is none */
  read(key: string): Promise<PageOrder | null>;
  write(key: string, order: PageOrder): Promise<void>;
}
