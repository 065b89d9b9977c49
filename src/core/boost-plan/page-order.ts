// What a shopper's first page was ranked by, so that the pages behind it, and the way back, keep its order.
import { z } from 'zod';

/**
 * A plan follows from profiles, which never change within a version, from the session's events and from the moment they
 * age from: this is enough to make it again.
 */
export const pageOrderSchema = z.object({
  /** milliseconds since the epoch: when the first page was asked for */
  asOf: z.number(),
  /** the `arrival` of the newest event that the session had; 0 when it had none */
  upTo: z.number(),
  /** id and version of the model that ranked it */
  model: z.string(),
  version: z.number().int(),
  /** a page behind the first was asked for since */
  paged: z.boolean(),
});

export type PageOrder = z.infer<typeof pageOrderSchema>;

/** Page orders by key, for one process or shared by several; each is forgotten some minutes after its last use. */
export interface PageOrderStore {
  /** null when there is none */
  read(key: string): Promise<PageOrder | null>;
  write(key: string, order: PageOrder): Promise<void>;
}
