// What an engine's response means: its body on success, else one KindredError with the engine's reason.
import { z } from 'zod';
import { KindredError } from '../../core/errors.js';
import type { EngineRequest, EngineTransport } from './client.js';

export interface EngineResponse<T> {
  readonly status: number;
  readonly body: T;
}

const causeSchema = z.object({
  type: z.string().default(''),
  reason: z.string().nullish(),
  script_stack: z.array(z.string()).default([]),
  caused_by: z.object({ reason: z.string().nullish() }).nullish(),
});

/** A string where no handler took the request, e.g. for a method that a path does not have. */
const errorSchema = z.object({
  error: z.union([z.string(), causeSchema.extend({ root_cause: z.array(causeSchema).default([]) })]),
});

/**
 * Sends a request that is expected to succeed. The body has the engine's documented shape T and is not checked again.
 * @param tolerated statuses ≥ 400 that the caller handles itself
 * @throws KindredError `index-not-found` (404), `engine-denied` (502), `engine-error` (502)
 */
export async function call<T>(
  transport: EngineTransport,
  request: EngineRequest,
  tolerated: readonly number[] = [],
): Promise<EngineResponse<T>> {
  const { status, body } = await transport(request);
  if (status >= 400 && !tolerated.includes(status)) throw engineError(request, { status, body });
  return { status, body: body as T };
}

/** Names the index and the operation, never a document id: ids can be those of users. */
export function engineError(request: EngineRequest, { status, body }: EngineResponse<unknown>): KindredError {
  const where = `${request.method} ${request.path.split('/').slice(0, 3).join('/')}`;
  const { type, reason } = errorCause(body);
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
export function errorCause(body: unknown): { type: string; reason: string } {
  const error = errorSchema.safeParse(body).data?.error;
  if (typeof error === 'string') return { type: '', reason: error };
  const cause = error?.root_cause[0] ?? error;
  return { type: cause?.type ?? '', reason: cause?.reason ?? 'no reason given' };
}

/** Everything that an engine says of a script it refuses: what and where is in the cause and the stack of the error. */
export function scriptErrorText(body: unknown): string {
  const error = errorSchema.safeParse(body).data?.error;
  const details = typeof error === 'object' ? [error.caused_by?.reason, ...error.script_stack] : [];
  return [errorCause(body).reason, ...details].filter(Boolean).join('\n');
}
