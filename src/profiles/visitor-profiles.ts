// What is known about a visitor when a search comes, and how it is read.
import type { ProductEvent } from '../core/affinity/affinity.js';
import type { ProductEvidence } from '../core/boost-plan/product-boosts.js';
import type { Identity } from '../core/event/identity.js';
import type { SearchEvent, SessionEvent } from '../core/event/session-event.js';
import type { ActiveModel } from '../core/model/model.js';
import type { ProfileDocument } from '../core/profile/profile.js';

/** Rejects when the store cannot be read; null where there is no such profile. */
export type ReadProfiles = (index: string, ids: readonly string[]) => Promise<(ProfileDocument | null)[]>;
/**
 * What they did lately, oldest first.
 * @param upTo an `arrival`: leaves out what came after it
 */
export type ReadSession = (
  whose: Identity,
  upTo?: number,
) => Promise<readonly (SessionEvent & { readonly arrival?: number })[]>;

/** Both are empty when the model does not ask, and found when a plan asks: most searches have theirs already. */
export interface RelatedProducts {
  /** what goes with the person's products */
  readonly related: () => readonly ProductEvidence[];
  /** what the session leads to; without what it has seen, which the shopper knows */
  readonly next: () => readonly ProductEvidence[];
}

export interface VisitorProfiles extends RelatedProducts {
  /** the request's category when the population knows it, else null (all products) */
  readonly category: string | null;
  readonly population: ProfileDocument;
  /** the population in all products: it knows the words that searches can name */
  readonly everyone: ProfileDocument | null;
  readonly individual: ProfileDocument | null;
  readonly group: ProfileDocument | null;
  /** what the session did with products, and what it searched for */
  readonly sessionEvents: readonly ProductEvent[];
  readonly searches: readonly SearchEvent[];
  /** the `arrival` of the newest of both; 0 without any */
  readonly newestArrival: number;
  /** the documents that all of it was read from, in an order of their own */
  readonly sources: readonly (ProfileDocument | null)[];
  /** of the session's events: undefined where the store does not say */
  readonly arrivals: readonly (number | undefined)[];
  /** whose the session is */
  readonly visit: string | undefined;
  /** the person's single products, strongest first; empty when the individual profile is off */
  readonly own: readonly ProductEvidence[];
}

export interface ReadVisitorOptions {
  readonly active: ActiveModel;
  readonly identity: Identity;
  readonly category: string | null;
  readonly readProfiles: ReadProfiles;
  readonly readSession: ReadSession;
  readonly deadlineMs: number;
  /** milliseconds since the epoch; session events age from here */
  readonly now: () => number;
}

/** `profile-timeout`: not all read by the deadline; `profile-error`: the store failed or holds no population. */
export type VisitorFailure = 'profile-timeout' | 'profile-error';
