// The fallback: when the engine refuses a personalized request, the original one is sent instead, once.
import type { SkipReason } from '../../core/skip-reason.js';
import { brokeOff } from '../../engine/upstream.js';
import { inflateBody } from '../request/read-body.js';
import {
  type BufferedResponse,
  type Exchange,
  type ForwardedRequest,
  fetchBuffered,
  forward,
} from './forward.js';
import {
  FAILURES,
  isPartialItem,
  isPartialSearch,
  type MultiSearchItem,
  readItems,
} from './partial-response.js';

/** How engines refuse what they cannot parse, what is too large for them, and what they parse and then cannot do. */
export const REFUSALS: readonly number[] = [400, 413, 500];
/** A queue that is full has no place for the original either. */
const QUEUE_FULL = 'rejected_execution_exception';
/** The part of a refusal that is logged. */
const MAX_LOGGED_BYTES = 2_000;
const MAX_REFUSAL_BYTES = 10_000_000;

/**
 * Why the original was sent instead: `rewrite-rejected` when the engine takes it, which makes the refusal a defect of the
 * rewrite; `unsupported` when the engine refuses it too, which makes it the caller's mistake.
 */
export type FallbackReason = Extract<SkipReason, 'rewrite-rejected' | 'unsupported'>;

/** The items of a multi-search, by position. */
export interface FallbackItems {
  readonly isPersonalized: (position: number) => boolean;
  /** the originals of some of them */
  readonly originalOf: (positions: readonly number[]) => ForwardedRequest;
}

export interface FallbackOptions {
  readonly buffer?: (status: number) => boolean;
  /** of a multi-search, whose response is read whole; null for a search */
  readonly items: FallbackItems | null;
  /** the original in what is left of its own `timeout` */
  readonly originalInTime: () => ForwardedRequest;
  /** Kindred's own headers; the reason is null when the response is to the request that was meant */
  readonly headers: (fallback: FallbackReason | null) => Readonly<Record<string, string>>;
  /** told what the engine says of a rewrite that it refused while it takes the original */
  readonly onRewriteRejected: (refusal: string) => void;
}

/**
 * Sends the personalized request, or the original where there is none. When the engine refuses it, cannot finish it in
 * time, leaves out shards, or breaks off before the caller has anything, the original is sent, once: a search loses no
 * hits because it was to be personalized.
 * @returns the buffered response, as `forward`
 */
export async function forwardWithFallback(
  exchange: Exchange,
  personalized: ForwardedRequest | null,
  original: ForwardedRequest,
  { buffer = () => false, items, originalInTime, headers, onRewriteRejected }: FallbackOptions,
): Promise<{ readonly buffered: BufferedResponse | null; readonly fallback: FallbackReason | null }> {
  const options = { buffer, headers: () => headers(null) };
  if (!personalized) return { buffered: await forward(exchange, original, options), fallback: null };
  const isRefused = (status: number) => REFUSALS.includes(status) || FAILURES.includes(status);
  let response: BufferedResponse | null = null;
  let failure: Failure | null;
  try {
    response = await forward(exchange, personalized, {
      ...options,
      buffer: (status) => isRefused(status) || (items !== null && status === 200) || buffer(status),
      bufferBy: isPartialSearch,
    });
    failure = response && (await failureOf(exchange, response, items));
  } catch (error) {
    const callerHasNothing = !exchange.response.headersSent && !exchange.request.socket.destroyed;
    if (!callerHasNothing || !brokeOff(error)) throw error;
    failure = { refusal: null };
  }
  if (!failure) return { buffered: response, fallback: null };
  let accepted = false;
  const reason = (): FallbackReason => (accepted ? 'rewrite-rejected' : 'unsupported');
  // A refusal takes no time: nothing of its `timeout` is gone, unless the engine tried before it gave up.
  const isUntried = failure.refusal !== null && response?.status !== 500;
  const buffered = await forward(exchange, isUntried ? original : originalInTime(), {
    buffer(status) {
      accepted = !isRefused(status);
      return buffer(status);
    },
    headers: () => headers(reason()),
  });
  if (accepted && failure.refusal !== null) onRewriteRejected(failure.refusal);
  return { buffered, fallback: reason() };
}

/** `refusal` is what the engine says of a request that it does not take; null where it could not finish one. */
interface Failure {
  readonly refusal: string | null;
}

async function failureOf(
  exchange: Exchange,
  response: BufferedResponse,
  items: FallbackItems | null,
): Promise<Failure | null> {
  const { status } = response;
  if (REFUSALS.includes(status)) return { refusal: await refusalText(response) };
  if (FAILURES.includes(status))
    return (await refusalText(response)).includes(QUEUE_FULL) ? null : { refusal: null };
  if (status !== 200) return null;
  if (items === null) return isPartialSearch(response, true) ? { refusal: null } : null;
  const answered = await readItems(response);
  if (answered.some((item, position) => items.isPersonalized(position) && isPartialItem(item)))
    return { refusal: null };
  return refusedItem(exchange, answered, items);
}

/** An item may be the caller's own mistake: then its original is refused too, and the others stay personalized. */
async function refusedItem(
  exchange: Exchange,
  answered: readonly MultiSearchItem[],
  { isPersonalized, originalOf }: FallbackItems,
): Promise<Failure | null> {
  const refused = [...answered.entries()].filter(
    ([position, { status }]) => isPersonalized(position) && REFUSALS.includes(status),
  );
  if (refused.length === 0) return null;
  const originals = await fetchBuffered(exchange, originalOf(refused.map(([position]) => position)));
  const accepted = originals.status === 200 ? await readItems(originals) : null;
  const mended = refused.find((_, at) => accepted && !REFUSALS.includes(accepted[at]?.status ?? 200));
  return mended ? { refusal: JSON.stringify(mended[1].error ?? null).slice(0, MAX_LOGGED_BYTES) } : null;
}

/** Engines compress their refusals too, for callers who take that. */
async function refusalText({ headers, bytes }: BufferedResponse): Promise<string> {
  const encoding = headers['content-encoding'] ?? '';
  const text = await inflateBody(bytes, encoding, MAX_REFUSAL_BYTES).catch(() => bytes);
  return text.toString('utf8', 0, MAX_LOGGED_BYTES);
}
