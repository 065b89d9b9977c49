// The fallback: when the engine refuses a personalized request, the original one is sent instead, once.
import type { SkipReason } from '../../core/skip-reason.js';
import { inflateBody } from '../request/read-body.js';
import { type BufferedResponse, type Exchange, type ForwardedRequest, forward } from './forward.js';

/** How engines refuse what they cannot parse, what is too large for them, and what they parse and then cannot do. */
export const REFUSALS: readonly number[] = [400, 413, 500];
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
  /** Kindred's own headers; the reason is null when the response is to the request that was meant */
  readonly headers: (fallback: FallbackReason | null) => Readonly<Record<string, string>>;
  /** told what the engine says of a rewrite that it refused while it takes the original */
  readonly onRewriteRejected: (refusal: string) => void;
}

/**
 * Sends the personalized request, or the original where there is none.
 * @returns the buffered response, as `forward`
 */
export async function forwardWithFallback(
  exchange: Exchange,
  personalized: ForwardedRequest | null,
  original: ForwardedRequest,
  { buffer = () => false, headers, onRewriteRejected }: FallbackOptions,
): Promise<{ readonly buffered: BufferedResponse | null; readonly fallback: FallbackReason | null }> {
  const options = { buffer, headers: () => headers(null) };
  if (!personalized) return { buffered: await forward(exchange, original, options), fallback: null };
  const response = await forward(exchange, personalized, {
    ...options,
    buffer: (status) => REFUSALS.includes(status) || buffer(status),
  });
  if (!response || !REFUSALS.includes(response.status)) return { buffered: response, fallback: null };
  let accepted = false;
  const reason = (): FallbackReason => (accepted ? 'rewrite-rejected' : 'unsupported');
  const buffered = await forward(exchange, original, {
    buffer(status) {
      accepted = !REFUSALS.includes(status);
      return buffer(status);
    },
    headers: () => headers(reason()),
  });
  if (accepted) onRewriteRejected(await refusalText(response));
  return { buffered, fallback: reason() };
}

/** Engines compress their refusals too, for callers who take that. */
async function refusalText({ headers, bytes }: BufferedResponse): Promise<string> {
  const encoding = headers['content-encoding'] ?? '';
  const text = await inflateBody(bytes, encoding, MAX_REFUSAL_BYTES).catch(() => bytes);
  return text.toString('utf8', 0, MAX_LOGGED_BYTES);
}
