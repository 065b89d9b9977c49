// The fallback: when the engine refuses a personalized request, the original one is sent instead, once.
import type { SkipReason } from '../../core/skip-reason.js';
import { inflateBody } from '../request/read-body.js';
import { type BufferedResponse, type Exchange, type ForwardedRequest, forward } from './forward.js';
import { FAILURES, isPartialMultiSearch, isPartialSearch } from './partial-response.js';

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

export interface FallbackOptions {
  readonly buffer?: (status: number) => boolean;
  /** of a multi-search: whether the item of that position is personalized; its response is read whole */
  readonly items: ((position: number) => boolean) | null;
  /** the original in what is left of its own `timeout`, this many milliseconds after it could have been sent */
  readonly originalAfter: (elapsedMs: number) => ForwardedRequest;
  /** Kindred's own headers; the reason is null when the response is to the request that was meant */
  readonly headers: (fallback: FallbackReason | null) => Readonly<Record<string, string>>;
  /** told what the engine says of a rewrite that it refused while it takes the original */
  readonly onRewriteRejected: (refusal: string) => void;
}

/**
 * Sends the personalized request, or the original where there is none. When the engine refuses it, cannot finish it in
 * time, or leaves out shards, the original is sent, once: a search loses no hits because it was to be personalized.
 * @returns the buffered response, as `forward`
 */
export async function forwardWithFallback(
  exchange: Exchange,
  personalized: ForwardedRequest | null,
  original: ForwardedRequest,
  { buffer = () => false, items, originalAfter, headers, onRewriteRejected }: FallbackOptions,
): Promise<{ readonly buffered: BufferedResponse | null; readonly fallback: FallbackReason | null }> {
  const options = { buffer, headers: () => headers(null) };
  if (!personalized) return { buffered: await forward(exchange, original, options), fallback: null };
  const begun = performance.now();
  const response = await forward(exchange, personalized, {
    ...options,
    buffer: (status) =>
      REFUSALS.includes(status) ||
      FAILURES.includes(status) ||
      (items !== null && status === 200) ||
      buffer(status),
    bufferBy: isPartialSearch,
  });
  if (!response || !(await isFailed(response, items))) return { buffered: response, fallback: null };
  let accepted = false;
  const reason = (): FallbackReason => (accepted ? 'rewrite-rejected' : 'unsupported');
  const buffered = await forward(exchange, originalAfter(performance.now() - begun), {
    buffer(status) {
      accepted = !REFUSALS.includes(status);
      return buffer(status);
    },
    headers: () => headers(reason()),
  });
  if (accepted && REFUSALS.includes(response.status)) onRewriteRejected(await refusalText(response));
  return { buffered, fallback: reason() };
}

async function isFailed(response: BufferedResponse, items: FallbackOptions['items']): Promise<boolean> {
  const { status } = response;
  if (status === 200)
    return items === null ? isPartialSearch(response) === true : isPartialMultiSearch(response, items);
  if (FAILURES.includes(status)) return !(await refusalText(response)).includes(QUEUE_FULL);
  return REFUSALS.includes(status);
}

/** Engines compress their refusals too, for callers who take that. */
async function refusalText({ headers, bytes }: BufferedResponse): Promise<string> {
  const encoding = headers['content-encoding'] ?? '';
  const text = await inflateBody(bytes, encoding, MAX_REFUSAL_BYTES).catch(() => bytes);
  return text.toString('utf8', 0, MAX_LOGGED_BYTES);
}
