// What an engine's answer means: its body when it agreed, one KindredError with its reason when it did not.
import { KindredError } from '../../core/errors.js';
import type { EngineRequest, EngineTransport } from './client.js';

interface ErrorCause {
  readonly type?: string;
  readonly reason?: string;
  readonly root_cause?: readonly ErrorCause[];
}

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/**
 * Sends a request that is expected to succeed. The body has the engine's documented shape T and is not checked again.
 * @param tolerated statuses ≥ 400 that the caller handles itself
 * @throws KindredError `index-not-found` (404), `engine-denied` (502), `engine-error` (502)
 */
export async function call<T>(
  transport: EngineTransport,
  request: EngineRequest,
  tolerated: readonly number[] = [],
): Promise<Answer<T>> {
  const { status, body } = await transport(request);
  if (status >= 400 && !tolerated.includes(status)) throw engineError(request, { status, body });
  return { status, body: body as T };
}

/** Names the index and the operation, never a document id: ids can be people. */
export function engineError(request: EngineRequest, { status, body }: Answer<unknown>): KindredError {
  const where = `${request.method} ${request.path.split('/').slice(0, 3).join('/')}`;
  const { type, reason } = failure(body);
  if (status === 404 && type === 'index_not_found_exception')
    return new KindredError('index-not-found', `${reason}: create it first, or check the name.`, {
      status: 404,
    });
  if (status === 401 || status === 403)
    return new KindredError(
      'engine-denied',
      `The engine's credential may not ${where} (${status}): give it that privilege.`,
      { status: 502 },
    );
  return new KindredError('engine-error', `The engine answered ${where} with ${status}: ${reason}`, {
    status: 502,
  });
}

/** Type and reason of an error body; of a failed search those of its first root cause. */
export function failure(body: unknown): { type: string; reason: string } {
  const error = (body as { error?: string | ErrorCause } | null | undefined)?.error;
  if (typeof error === 'string') return { type: '', reason: error };
  const cause = error?.root_cause?.[0] ?? error;
  return { type: cause?.type ?? '', reason: cause?.reason ?? 'no reason given' };
}
