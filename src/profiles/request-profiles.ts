// What is known of the user or visitor of one request: every profile that may rank it.
import type { ProductEvent } from '../core/affinity/affinity.js';
import type { ProductEvidence } from '../core/boost-plan/product-boosts.js';
import type { Identity } from '../core/event/identity.js';
import type { SearchEvent, SessionEvent } from '../core/event/session-event.js';
import type { ActiveModel } from '../core/model/model.js';
import type { ProfileDocument } from '../core/profile/profile.js';
import type { ReadProfiles } from './profile-store.js';

/**
 * The events of a session, oldest first.
 * @param upTo an `arrival`: leaves out what came after it
 */
export type ReadSession = (
  identity: Identity,
  upTo?: number,
) => Promise<readonly (SessionEvent & { readonly arrival?: number })[]>;

export interface ReadRequestProfilesInput {
  readonly active: ActiveModel;
  readonly identity: Identity;
  /** the category that the request names */
  readonly category: string | null;
  readonly readProfiles: ReadProfiles;
  readonly readSession: ReadSession;
  /** milliseconds since the epoch; session events age from here */
  readonly now: () => number;
}

/** Functions, as most searches reuse a boost plan that has them already. Both are empty when the model is without. */
export interface RelatedProducts {
  /** what goes with the user's products */
  readonly related: () => readonly ProductEvidence[];
  /** what the session leads to, without the products that it has seen */
  readonly next: () => readonly ProductEvidence[];
}

export interface RequestProfiles extends RelatedProducts {
  /** the request's category, or else its nearest parent, of which the population knows enough; null: all products */
  readonly category: string | null;
  /** the category that the request names; `category` may be a parent of it */
  readonly named: string | null;
  /** where categories are paths: what is between their levels */
  readonly separator: string | null;
  /** of the scope: the category's, or of all products */
  readonly population: ProfileDocument;
  /** in all products: it has the words that searches can name */
  readonly populationOfAllProducts: ProfileDocument | null;
  readonly individual: ProfileDocument | null;
  readonly group: ProfileDocument | null;
  /** the session's events on products, and its searches */
  readonly sessionEvents: readonly ProductEvent[];
  readonly searches: readonly SearchEvent[];
  /** the `arrival` of the newest of both; 0 without any */
  readonly newestArrival: number;
  /** the user's single products, strongest first; empty when the individual profile is off */
  readonly own: readonly ProductEvidence[];
  /** everything above as an input of cache keys; null where the session store does not tell events apart */
  readonly sources: RequestProfileSources | null;
}

export interface RequestProfileSources {
  readonly documents: readonly (ProfileDocument | null)[];
  /** `sessionKey`; undefined for a request without identity */
  readonly session: string | undefined;
  readonly arrivals: readonly number[];
}
