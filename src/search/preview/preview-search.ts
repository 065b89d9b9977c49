// The searches of a preview: one without personalization and one per variant, by the very steps of the search pipeline.
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import type { Catalog } from '../../core/catalog.js';
import { KindredError } from '../../core/errors.js';
import type { Identity } from '../../core/event/identity.js';
import type { SessionEvent } from '../../core/event/session-event.js';
import type { ActiveModel } from '../../core/model/model.js';
import { type Persona, personaDocument } from '../../core/profile/persona.js';
import { individualId } from '../../core/profile/profile.js';
import { engineError, errorCause } from '../../engine/client/engine-response.js';
import { indexPath } from '../../engine/indices/index-path.js';
import type { ReadProfiles } from '../../profiles/profile-store.js';
import type { ReadSession } from '../../profiles/request-profiles.js';
import { baselineRequest } from '../../query/body/baseline-search.js';
import { stripExt } from '../../query/body/search-body.js';
import { scanDocument } from '../../query/json/json-document.js';
import { type ExplainedHit, explainHits, hitIds } from '../answer/explained-hits.js';
import { type Outcome, skipped } from '../answer/x-personalization.js';
import type { SearchContext } from '../search-context.js';
import { prepareSearch } from '../search-pipeline.js';
import { REFUSALS } from '../upstream/fallback.js';
import { createProfileLookup, type ProfileSources } from '../visitor/profile-lookup.js';

/** Longer than in a search: slow profiles are better than none. */
const DEADLINE_MS = 5_000;
/** No user's id: events and log-ins are refused with a NUL in it. */
const PERSONA_ID = '\0persona';
const SESSION_ID = 'preview';

export type PreviewContext = Pick<SearchContext, 'engine' | 'catalogs' | 'profiles'>;

export interface PreviewSearch {
  readonly catalog: Catalog;
  /** of a `_search`, as a storefront sends it, with `track_total_hits` */
  readonly body: Buffer;
  /** a known user, with their running session; absent: an unknown visitor, or `persona` */
  readonly userId?: string | undefined;
  readonly persona?: Persona | undefined;
  /** events on top of it; newest last */
  readonly session: readonly SessionEvent[];
  readonly variants: readonly { readonly active: ActiveModel; readonly impact?: number | undefined }[];
}

const responseSchema = z.object({
  hits: z.object({
    total: z.object({ value: z.number() }),
    hits: z.array(
      z.object({
        _id: z.string(),
        _score: z.number().nullable(),
        _source: z.unknown(),
        fields: z.record(z.string(), z.unknown()).optional(),
      }),
    ),
  }),
});

export type PreviewHit = z.infer<typeof responseSchema>['hits']['hits'][number];

export interface PreviewedVariant {
  readonly outcome: Outcome;
  readonly hits: readonly (PreviewHit & Omit<ExplainedHit, '_id'>)[];
}

export interface PreviewResults {
  readonly total: number;
  readonly off: readonly PreviewHit[];
  /** in the order of the request's variants */
  readonly variants: readonly PreviewedVariant[];
}

/**
 * The ON/OFF setting does not matter. Errors: `search-refused` (422) where the engine cannot run the body, and its own
 * (`index-not-found`, `engine-error`, `engine-unreachable`).
 */
export async function previewSearch(
  context: PreviewContext,
  request: PreviewSearch,
): Promise<PreviewResults> {
  const { body } = request;
  const scan = scanDocument(body);
  const [response, order] = await Promise.all([
    search(context, request.catalog, scan.ok ? stripExt(scan.document, false).bytes : body),
    search(context, request.catalog, scan.ok ? baselineRequest(scan.document) : body),
  ]);
  const { total, hits: off } = parseHits(response);
  const baseline = hitIds(successful(order));
  const variants = request.variants.map((variant) =>
    previewVariant(context, request, variant, { body, off, baseline }),
  );
  return { total, off, variants: await Promise.all(variants) };
}

interface Unpersonalized {
  readonly body: Buffer;
  readonly off: readonly PreviewHit[];
  readonly baseline: readonly string[];
}

async function previewVariant(
  context: PreviewContext,
  request: PreviewSearch,
  { active, impact }: PreviewSearch['variants'][number],
  { body, off, baseline }: Unpersonalized,
): Promise<PreviewedVariant> {
  const { catalog } = request;
  const { outcome, personalized } = await prepareSearch(
    {
      ...context,
      models: { serving: () => ({ enabled: true, active }), byId: async () => null },
      lookUpProfiles: createProfileLookup(simulatedSources(context.profiles, request, active)),
    },
    {
      trusted: true,
      identity: identityOf(request),
      directives: { explain: true, ...(impact !== undefined && { impact }) },
      explainable: true,
    },
    { body, names: catalog.indices },
  );
  const explained = (response: Buffer, hits: readonly PreviewHit[]) => {
    const { multiValuedFields } = active;
    const plan = personalized?.plan ?? null;
    const named = personalized?.named ?? [];
    const evidence = personalized?.evidence;
    const reasons = explainHits({ response, baseline, from: 0, plan, multiValuedFields, named, evidence });
    return hits.flatMap((hit, position) => {
      const reason = reasons[position];
      return reason ? [{ ...hit, ...reason }] : [];
    });
  };
  const explainedOff = () => explained(Buffer.from(JSON.stringify({ hits: { hits: off } })), off);
  if (!personalized) return { outcome, hits: explainedOff() };
  const response = await search(context, catalog, personalized.body);
  // As in the pipeline: the fallback to the original.
  if (REFUSALS.includes(response.status))
    return { outcome: skipped('rewrite-rejected'), hits: explainedOff() };
  return { outcome, hits: explained(successful(response), parseHits(response).hits) };
}

function identityOf({ userId, persona, session }: PreviewSearch): Identity {
  if (persona) return { userId: PERSONA_ID };
  if (userId !== undefined) return { userId };
  return session.length > 0 ? { sessionId: SESSION_ID } : {};
}

/** The pipeline's own sources, with the session and the persona of the preview; no page order is kept. */
function simulatedSources(
  sources: ProfileSources,
  { userId, persona, session }: PreviewSearch,
  active: ActiveModel,
): ProfileSources {
  const readSession: ReadSession = async () => {
    const running = userId === undefined ? [] : await sources.readSession({ userId });
    return [...running, ...session];
  };
  return {
    readSession,
    readProfiles: persona ? withPersona(sources.readProfiles, persona, active) : sources.readProfiles,
    deadlineMs: DEADLINE_MS,
    now: sources.now,
  };
}

function withPersona(read: ReadProfiles, persona: Persona, { model }: ActiveModel): ReadProfiles {
  return async (index, ids) => {
    const at = ids.indexOf(individualId(PERSONA_ID));
    if (at < 0) return read(index, ids);
    const documents = await read(index, ids.toSpliced(at, 1));
    const populations = documents.filter((document) => document?.kind === 'population');
    const cohorts = documents.find((document) => document?.tastes)?.tastes ?? null;
    const known = populations.filter((document) => document !== null);
    return documents.toSpliced(at, 0, personaDocument(persona, model, known, cohorts));
  };
}

interface EngineResponse {
  readonly path: string;
  readonly status: number;
  readonly bytes: Buffer;
}

async function search(
  { engine: { upstream } }: PreviewContext,
  { index }: Catalog,
  body: Buffer,
): Promise<EngineResponse> {
  const path = indexPath(index, '_search');
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const response = await upstream.request({ method: 'POST', path, headers, body });
  return { path, status: response.status, bytes: await buffer(response.body) };
}

/** The bytes of a response that is expected to have hits. */
function successful({ path, status, bytes }: EngineResponse): Buffer {
  if (status === 200) return bytes;
  if (status === 400) {
    const message = `The engine refuses this search: ${errorCause(parseJson(bytes)).reason}`;
    throw new KindredError('search-refused', message, { status: 422 });
  }
  throw engineError({ method: 'POST', path }, { status, body: parseJson(bytes) });
}

function parseHits(response: EngineResponse): { total: number; hits: PreviewHit[] } {
  const { hits } = responseSchema.parse(parseJson(successful(response)));
  return { total: hits.total.value, hits: hits.hits };
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return null;
  }
}
