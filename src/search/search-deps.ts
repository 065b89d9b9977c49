// What the hot path needs from the rest of Kindred, injected so that it can be wired and tested alone.

import type { Catalog } from '../core/catalog.js';
import type { EngineKind } from '../core/engine-kind.js';
import type { ActiveModel } from '../core/model/model.js';
import type { Upstream } from '../engine/upstream.js';
import type { ReadProfiles, ReadSession } from '../profiles/visitor-profiles.js';
import type { EngineCapabilities } from '../query/placement/engine-capabilities.js';
import type { Outcome } from './answer/x-personalization.js';
import type { StableOrder } from './visitor/stable-order.js';

export interface SearchDeps {
  readonly upstream: Upstream;
  readonly engine: EngineKind;
  /** what the engine can do on the catalogs, as last seen; never waits */
  readonly capabilities: () => EngineCapabilities;
  /** the indices that a catalog stands for, as last seen; never waits */
  readonly indicesOf: (catalog: string) => ReadonlySet<string>;
  /** by index name */
  readonly catalogs: ReadonlyMap<string, Catalog>;
  /** the switch and the active model as last seen; never waits */
  readonly serving: () => { readonly enabled: boolean; readonly active: ActiveModel | null };
  /** a model other than the active one, by id; null when it cannot serve */
  readonly modelById: (id: string) => Promise<ActiveModel | null>;
  readonly readProfiles: ReadProfiles;
  readonly readSession: ReadSession;
  /** keeps one order from page to page; absent: every page is ranked by what is known now */
  readonly stableOrder?: StableOrder;
  /** milliseconds that profiles may take before the search goes without */
  readonly deadlineMs: number;
  /** bytes */
  readonly maxBodyBytes: number;
  /** milliseconds since the epoch */
  readonly now: () => number;
  /** told of the engine's refusal of a rewritten request: a defect of ours, the search went through plain */
  readonly onRewriteRejected: (reason: string) => void;
  /** @param addedMs milliseconds of ours before the engine was asked */
  readonly onOutcome?: (outcome: Outcome, addedMs: number) => void;
}
