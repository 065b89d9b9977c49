// JSON bodies of the admin API: nothing but JSON, at most 1 MB.
import express, { type RequestHandler } from 'express';
import { KindredError } from '../../core/errors.js';

/** Parses the body, when there is one. Errors: `unsupported-media-type` (415), `too-large` (413), `malformed-json` (400). */
export function jsonBody(): RequestHandler[] {
  return [requireJson, express.json({ limit: '1mb', strict: false })];
}

const requireJson: RequestHandler = (request, _response, next) => {
  const hasBody = request.get('transfer-encoding') !== undefined || Number(request.get('content-length')) > 0;
  if (hasBody && !request.is('application/json'))
    throw new KindredError('unsupported-media-type', 'send the body with Content-Type: application/json', {
      status: 415,
    });
  next();
};
