// A preview: one search without personalization and under several models, by the very steps of the hot path.
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import type { Catalog } from '../../core/catalog.js';
import type { Identity } from '../../core/event/identity.js';
import type { SessionEvent } from '../../core/event/session-event.js';
import type { ActiveModel } from '../../core/model/model.js';
import { type Persona, personaDocument } from '../../core/profile/persona.js';
import { individualId } from '../../core/profile/profile.js';
import { engineError } from '../../engine/client/engine-answer.js';
import { indexPath } from '../../engine/indices/index-path.js';
import type { ReadProfiles, ReadSession } from '../../profiles/visitor-profiles.js';
import { baselineRequest } from '../../query/body/baseline-search.js';
import { scanDocument } from '../../query/json/json-document.js';
import { type ExplainedHit, explainHits, hitIds } from '../answer/explain.js';
import { type Outcome, skipped } from '../answer/x-personalization.js';
import type { SearchDeps } from '../search-deps.js';
import { prepareSearch } from '../search-pipeline.js';
import { REFUSALS } from '../upstream/fallback.js';

/** A person is waiting for reasons: slow profiles are worth more than none. */
const DEADLINE_MS = 5_000;
/** No person's id: events and log-ins are refused with a NUL in it. */
const PERSONA_ID = '\0persona';
const SESSION_ID = 'preview';

export interface PreviewRequest {
  readonly catalog: Catalog;
  /** of a `_search`, as a storefront would send it */
  readonly body: object;
  /** a known shopper, with their running session; absent: nobody, or `persona` */
  readonly userId?: string;
  readonly persona?: Persona;
  /** what they do just now, on top; newest last */
  readonly session: readonly SessionEvent[];
  readonly variants: readonly { readonly active: ActiveModel; readonly impact?: number }[];
}

const answerSchema = z.object({
  hits: z.object({
    total: z.object({ value: z.number() }),
    hits: z.array(z.object({ _id: z.string(), _score: z.number().nullable(), _source: z.unknown() })),
  }),
});

export type PreviewHit = z.infer<typeof answerSchema>['hits']['hits'][number];

export interface PreviewedVariant {
  readonly outcome: Outcome;
  readonly hits: readonly (PreviewHit & Omit<ExplainedHit, '_id'>)[];
}

export interface PreviewAnswer {
  readonly total: number;
  readonly off: readonly PreviewHit[];
  /** in the order asked */
  readonly variants: readonly PreviewedVariant[];
}

/** Errors: the engine's (`index-not-found`, `engine-error`, `engine-unreachable`). The ON/OFF setting does not matter. */
export async function previewSearch(deps: SearchDeps, request: PreviewRequest): Promise<PreviewAnswer> {
  const plain = Buffer.from(JSON.stringify({ ...request.body, track_total_hits: true }));
  const scan = scanDocument(plain);
  const [answer, order] = await Promise.all([
    ask(deps, request.catalog, plain),
    ask(deps, request.catalog, scan.ok ? baselineRequest(scan.document) : plain),
  ]);
  const { total, hits } = parseHits(answer);
  const compared = { plain, off: hits, plainOrder: hitIds(whole(order)) };
  const variants = await Promise.all(
    request.variants.map((variant) => previewVariant(deps, request, variant, compared)),
  );
  return { total, off: hits, variants };
}

interface Compared {
  readonly plain: Buffer;
  readonly off: readonly PreviewHit[];
  readonly plainOrder: readonly string[];
}

async function previewVariant(
  deps: SearchDeps,
  request: PreviewRequest,
  { active, impact }: PreviewRequest['variants'][number],
  { plain, off, plainOrder }: Compared,
): Promise<PreviewedVariant> {
  const { catalog } = request;
  const prepared = await prepareSearch(simulated(deps, request, active), {
    received: plain,
    catalog,
    unnamed: false,
    trusted: true,
    identity: identityOf(request),
    directives: { explain: true, ...(impact !== undefined && { impact }) },
    explainable: true,
  });
  const explained = (answer: Buffer, hits: readonly PreviewHit[]) => {
    const { multiValuedFields } = active;
    const plan = prepared.made?.plan ?? null;
    const reasons = explainHits({ answer, plainOrder, from: 0, plan, multiValuedFields });
    return hits.flatMap((hit, position) => {
      const reason = reasons[position];
      return reason ? [{ ...hit, ...reason }] : [];
    });
  };
  if (!prepared.personalized) return { outcome: prepared.outcome, hits: explained(asAnswer(off), off) };
  const answer = await ask(deps, catalog, prepared.personalized);
  // As in the hot path: what the engine refuses of ours goes out plain.
  if (REFUSALS.includes(answer.status))
    return { outcome: skipped('rewrite-rejected'), hits: explained(asAnswer(off), off) };
  return { outcome: prepared.outcome, hits: explained(whole(answer), parseHits(answer).hits) };
}

function identityOf({ userId, persona, session }: PreviewRequest): Identity {
  if (persona) return { userId: PERSONA_ID };
  if (userId !== undefined) return { userId };
  return session.length > 0 ? { sessionId: SESSION_ID } : {};
}

/** The hot path's own dependencies, with the model, the visit and the persona of the preview in their places. */
function simulated(deps: SearchDeps, request: PreviewRequest, active: ActiveModel): SearchDeps {
  const { userId, persona, session } = request;
  const readSession: ReadSession = async () => {
    const running = userId === undefined ? [] : await deps.readSession({ userId });
    return [...running, ...session];
  };
  // A preview is of what is known now, and shall leave no order behind.
  const { stableOrder: _, ...rest } = deps;
  return {
    ...rest,
    deadlineMs: DEADLINE_MS,
    serving: () => ({ enabled: true, active }),
    readSession,
    readProfiles: persona ? withPersona(deps.readProfiles, persona, active) : deps.readProfiles,
  };
}

function withPersona(read: ReadProfiles, persona: Persona, { model }: ActiveModel): ReadProfiles {
  return async (index, ids) => {
    const at = ids.indexOf(individualId(PERSONA_ID));
    if (at < 0) return read(index, ids);
    const documents = await read(index, ids.toSpliced(at, 1));
    const populations = documents.filter((document) => document?.kind === 'population');
    const tastes = documents.find((document) => document?.tastes)?.tastes ?? null;
    const known = populations.filter((document) => document !== null);
    return documents.toSpliced(at, 0, personaDocument(persona, model, known, tastes));
  };
}

interface EngineAnswer {
  readonly path: string;
  readonly status: number;
  readonly bytes: Buffer;
}

async function ask({ upstream }: SearchDeps, { index }: Catalog, body: Buffer): Promise<EngineAnswer> {
  const path = indexPath(index, '_search');
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const answer = await upstream.request({ method: 'POST', path, headers, body });
  return { path, status: answer.status, bytes: await buffer(answer.body) };
}

/** The bytes of an answer that is expected to have hits. */
function whole({ path, status, bytes }: EngineAnswer): Buffer {
  if (status === 200) return bytes;
  throw engineError({ method: 'POST', path }, { status, body: parseJson(bytes) });
}

function parseHits(answer: EngineAnswer): { total: number; hits: PreviewHit[] } {
  const { hits } = answerSchema.parse(parseJson(whole(answer)));
  return { total: hits.total.value, hits: hits.hits };
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return null;
  }
}

function asAnswer(hits: readonly PreviewHit[]): Buffer {
  return Buffer.from(JSON.stringify({ hits: { hits } }));
}
