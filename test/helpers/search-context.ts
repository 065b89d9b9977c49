// What searches need, as one flat list of options that a test can change one by one.
import type { EngineKind } from '../../src/core/engine-kind.js';
import type { Upstream } from '../../src/engine/upstream.js';
import { readRequestProfiles } from '../../src/profiles/read-request-profiles.js';
import type { ReadRequestProfilesInput } from '../../src/profiles/request-profiles.js';
import type { SearchContext, SearchEngine, ServableModels } from '../../src/search/search-context.js';
import { createSearchHandler, type SearchHandler } from '../../src/search/search-handler.js';
import { type ProfileSources, withinDeadline } from '../../src/search/visitor/profile-lookup.js';

export interface SearchOptions
  extends ProfileSources,
    Pick<SearchContext, 'catalogs' | 'onOutcome' | 'onRewriteRejected'>,
    Pick<SearchEngine, 'capabilities' | 'indicesOf'>,
    Pick<ServableModels, 'serving'> {
  readonly upstream: Upstream;
  readonly engine: EngineKind;
  readonly modelById: ServableModels['byId'];
  /** bytes */
  readonly maxBodyBytes: number;
}

export function searchContext(options: SearchOptions): SearchContext {
  const { engine: kind, upstream, capabilities, indicesOf, serving, modelById, ...others } = options;
  return {
    ...others,
    engine: { kind, upstream, capabilities, indicesOf },
    models: { serving, byId: modelById },
    profiles: others,
  };
}

export function searchHandler(options: SearchOptions): SearchHandler {
  return createSearchHandler(searchContext(options), options.maxBodyBytes);
}

/** As a search reads them: `profile-timeout` when they are not read by the deadline. */
export function readInTime({ deadlineMs, ...input }: ReadRequestProfilesInput & { deadlineMs: number }) {
  return withinDeadline(deadlineMs, () => readRequestProfiles(input));
}
