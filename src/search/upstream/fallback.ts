// The personalized search, or the plain one where the engine will not have it: personalization never costs an answer.

import type { SkipReason } from '../../core/skip-reason.js';
import { inflateBody } from '../request/inflate-body.js';
import { type Exchange, type KeptAnswer, type Question, relay } from './exchange.js';

/** How engines refuse what they cannot parse, what is too large for them, and what they parse and then cannot do. */
export const REFUSALS: readonly number[] = [400, 413, 500];
/** A refused rewrite's reason is kept to this many bytes, for the log. */
const REASON_BYTES = 2_000;
const REFUSAL_BYTES = 10_000_000;

export interface PersonalizedAnswering {
  readonly keep?: (status: number) => boolean;
  /** @param instead why it was not personalized after all; null when it was, or was not to be */
  readonly headers: (instead: SkipReason | null) => Readonly<Record<string, string>>;
}

/**
 * Sends the personalized body, if there is one; when the engine refuses it, sends the plain one once instead.
 * `instead` is then `rewrite-rejected` when the plain one was taken, and `unsupported` when that was refused too, which
 * is the caller's own mistake.
 */
export async function relayPersonalized(
  exchange: Exchange,
  personalized: Buffer | null,
  plain: Question,
  { keep = () => false, headers }: PersonalizedAnswering,
): Promise<{ readonly kept: KeptAnswer | null; readonly instead: SkipReason | null }> {
  const asIs = { keep, headers: () => headers(null) };
  if (!personalized) return { kept: await relay(exchange, plain, asIs), instead: null };
  const question = { target: exchange.target, body: personalized };
  const first = await relay(exchange, question, {
    ...asIs,
    keep: (status) => REFUSALS.includes(status) || keep(status),
  });
  if (!first || !REFUSALS.includes(first.status)) return { kept: first, instead: null };
  let accepted = false;
  const reason = () => (accepted ? 'rewrite-rejected' : 'unsupported');
  const kept = await relay(exchange, plain, {
    keep(status) {
      accepted = !REFUSALS.includes(status);
      return keep(status);
    },
    headers: () => headers(reason()),
  });
  if (accepted) exchange.deps.onRewriteRejected(await reasonOf(first));
  return { kept, instead: reason() };
}

/** Engines compress their refusals too, for callers who take that. */
async function reasonOf({ headers, bytes }: KeptAnswer): Promise<string> {
  const text = await inflateBody(bytes, headers['content-encoding'] ?? '', REFUSAL_BYTES).catch(() => bytes);
  return text.toString('utf8', 0, REASON_BYTES);
}
