// Errors of the admin listener as RFC 9457 problem JSON: one shape, one handler, nothing internal in it.
import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Problem } from '../contract/problem.js';
import { KindredError } from '../core/errors.js';

export interface ProblemLog {
  error(details: object, message: string): void;
}

/** What body parsers and the router throw: `type` and `status` as http-errors sets them, `limit` in bytes. */
interface HttpError {
  readonly type?: string;
  readonly status?: number;
  readonly limit?: number;
}

const MALFORMED: Readonly<Record<string, [code: string, detail: string]>> = {
  'entity.parse.failed': ['malformed-json', 'the body is not valid JSON'],
  'charset.unsupported': ['unsupported-media-type', 'send the body as JSON in UTF-8'],
  'encoding.unsupported': ['unsupported-media-type', 'send the body without this content encoding'],
};

/** The last middleware: answers every error as a problem. Failures are logged, unknown ones shown without details. */
export function problemHandler(log: ProblemLog): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const known = asKindredError(error);
    // The route, not the path: paths name people.
    const { path: route } = (request.route ?? {}) as { path?: string };
    if (!known || known.status >= 500)
      log.error({ err: error, method: request.method, route }, 'request failed');
    sendProblem(response, known ?? internal());
  };
}

/** Answers paths that nothing serves. */
export const notFound: RequestHandler = (request) => {
  throw new KindredError('not-found', `nothing is served at ${request.path}`, { status: 404 });
};

/** Answers the methods a path does not have. */
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

function asKindredError(error: unknown): KindredError | null {
  if (error instanceof KindredError) return error;
  const { type = '', status = 500, limit } = (error ?? {}) as HttpError;
  if (limit !== undefined)
    return new KindredError('too-large', `the body is larger than ${limit / 1024 ** 2} MB`, { status });
  const [code, detail] = MALFORMED[type] ?? ['malformed-request', 'the request cannot be read'];
  return status >= 400 && status < 500 ? new KindredError(code, detail, { status }) : null;
}

function internal(): KindredError {
  return new KindredError('internal-error', 'the request failed; the log has the details');
}
