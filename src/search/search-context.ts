// What searches need from the rest of Kindred, passed in so that they can be wired and tested alone.
import type { Catalog } from '../core/catalog.js';
import type { EngineKind } from '../core/engine-kind.js';
import type { Identity } from '../core/event/identity.js';
import type { ActiveModel } from '../core/model/model.js';
import type { Upstream } from '../engine/upstream.js';
import type { EngineCapabilities } from '../query/placement/engine-capabilities.js';
import type { Outcome } from './answer/x-personalization.js';
import type { ProfileSources } from './visitor/profile-lookup.js';

/** The engine that searches are sent to. What is known of it is as last seen: asking never waits. */
export interface SearchEngine {
  readonly kind: EngineKind;
  readonly upstream: Upstream;
  readonly capabilities: () => EngineCapabilities;
  /** the indices that a catalog (by name) stands for, and their aliases of nothing else */
  readonly indicesOf: (catalog: string) => ReadonlySet<string>;
}

export interface ServableModels {
  /** a catalog's ON/OFF setting and active model as last seen; never waits */
  readonly serving: (catalog: string) => { readonly enabled: boolean; readonly active: ActiveModel | null };
  /** a model other than the active one, by id; null when it cannot serve */
  readonly byId: (id: string) => Promise<ActiveModel | null>;
}

export interface SearchContext {
  readonly engine: SearchEngine;
  /** by name; the first one is meant where none is named */
  readonly catalogs: ReadonlyMap<string, Catalog>;
  readonly models: ServableModels;
  readonly profiles: ProfileSources;
  /** told of every search; `addedMs` is what Kindred took before the engine was asked */
  readonly onOutcome?: ((outcome: Outcome, addedMs: number) => void) | undefined;
  /** told how long the engine took for searches (ms) until it began to respond */
  readonly onEngineTime?: ((ms: number) => void) | undefined;
  /** told who asks for what is not looked up: their next search is likely to be */
  readonly onContact?: ((identity: Identity) => void) | undefined;
  /** told of the engine's refusal of a rewrite, a defect of Kindred's: the search went through without it */
  readonly onRewriteRejected: (refusal: string) => void;
}
