// Errors as RFC 9457 problem JSON: one shape, one handler, without internal details.
import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Problem } from '../contract/problem.js';
import { KindredError } from '../core/errors.js';

export interface ProblemLog {
  error(details: object, message: string): void;
}

/** Errors of body parsers and the router: `type` and `status` as http-errors sets them, `limit` in bytes. */
const httpErrorSchema = z.object({
  type: z.string().catch(''),
  status: z.number().catch(500),
  limit: z.number().optional().catch(undefined),
});

const MALFORMED: Readonly<Record<string, [code: string, detail: string]>> = {
  'entity.parse.failed': ['malformed-json', 'the body is not valid JSON'],
  'charset.unsupported': ['unsupported-media-type', 'send the body as JSON in UTF-8'],
  'encoding.unsupported': ['unsupported-media-type', 'send the body without this content encoding'],
};

/** The last middleware: sends every error as a problem. Failures are logged, unknown ones sent without details. */
export function problemHandler(log: ProblemLog): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const known = asKindredError(error);
    // The route, not the path, which may have a user id.
    const route: string | undefined = request.route?.path;
    if (!known || known.status >= 500)
      log.error({ err: error, method: request.method, route }, 'request failed');
    sendProblem(response, known ?? internal());
  };
}

/** For paths that are not served. */
export const notFound: RequestHandler = (request) => {
  throw new KindredError('not-found', `nothing is served at ${request.path}`, { status: 404 });
};

/** For methods that a path does not have. */
export function methodNotAllowed(allowed: readonly string[]): RequestHandler {
  return (request, response) => {
    response.set('Allow', allowed.join(', '));
    const message = `${request.method} is not served here; use ${allowed.join(', ')}`;
    throw new KindredError('method-not-allowed', message, { status: 405 });
  };
}

function sendProblem(response: Response, { status, message, code, errors }: KindredError): void {
  const title = STATUS_CODES[status] ?? 'Error';
  response.status(status).type('application/problem+json');
  const problem: Problem = { type: 'about:blank', title, status, detail: message, code, errors: [...errors] };
  response.send(JSON.stringify(problem));
}

/** Null for what is no error of the caller's. */
export function asKindredError(error: unknown): KindredError | null {
  if (error instanceof KindredError) return error;
  const { data } = httpErrorSchema.safeParse(error);
  if (!data) return null;
  const { type, status, limit } = data;
  if (limit !== undefined)
    return new KindredError('too-large', `the body is larger than ${limit / 1024 ** 2} MB`, { status });
  const [code, detail] = MALFORMED[type] ?? ['malformed-request', 'the request cannot be read'];
  return status >= 400 && status < 500 ? new KindredError(code, detail, { status }) : null;
}

function internal(): KindredError {
  return new KindredError('internal-error', 'the request failed; the log has the details');
}
