// Where events are taken: as a request of Kindred's own, as UBI's and Algolia's collectors send them, and as documents.
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express';
import type { EngineKind } from '../../core/engine-kind.js';
import { KindredError } from '../../core/errors.js';
import { EVENTS_INDEX } from '../../core/event/ubi-event.js';
import { type WriteAnswer, writeBulk, writeDocument } from '../../events/document-writes.js';
import { MAX_BODY_BYTES } from '../../events/event-body.js';
import type { EventIntake } from '../../events/event-intake.js';
import type { EventSender } from '../../events/validate-event.js';
import { identityFromHeaders } from '../../search/request/kindred-headers.js';
import { asKindredError, methodNotAllowed } from '../problem.js';
import { sendEngineError } from './engine-error.js';

/** Clients of engines send in pieces of some megabytes. */
const MAX_BULK_BYTES = 10 * 1024 * 1024;

/** Of any content type, as `navigator.sendBeacon` sends text/plain; the bytes must be JSON. */
export function rawBody(limit: number): RequestHandler {
  return express.raw({ type: () => true, limit });
}

/** Paths of an engine's own API for documents, under which errors have the engine's shape. */
const WRITES = new RegExp(`^/(${EVENTS_INDEX}/)?_(doc|create|bulk)\\b`);

export interface EventRoutesOptions {
  readonly intake: EventIntake;
  readonly engine: EngineKind;
  /** passes requests on that have a server key */
  readonly trustedOnly: RequestHandler;
}

export function addEventRoutes(app: Express, { intake, engine, trustedOnly }: EventRoutesOptions): void {
  const receive: RequestHandler = async (request, response) => {
    response.status(202).json(await intake.record(bytes(request), senderOf(request)));
  };
  // ubi.js posts to /ubi_events, others put there; search-insights posts to /1/events.
  for (const path of ['/_kindred/events', '/ubi_events', '/ubi_events/', '/1/events'])
    app
      .route(path)
      .post(trustedOnly, rawBody(MAX_BODY_BYTES), receive)
      .put(trustedOnly, rawBody(MAX_BODY_BYTES), receive)
      .all(methodNotAllowed(['POST', 'PUT']));

  const write =
    (answer: (request: Request) => Promise<WriteAnswer>): RequestHandler =>
    async (request, response) => {
      const { status, body } = await answer(request);
      response.status(status).json(body);
    };
  const document = write((request) =>
    writeDocument(intake, bytes(request), idIn(request), senderOf(request)),
  );
  app.post(
    [`/${EVENTS_INDEX}/_doc`, `/${EVENTS_INDEX}/_doc/`],
    trustedOnly,
    rawBody(MAX_BODY_BYTES),
    document,
  );
  for (const path of [`/${EVENTS_INDEX}/_doc/:id`, `/${EVENTS_INDEX}/_create/:id`])
    app
      .route(path)
      .put(trustedOnly, rawBody(MAX_BODY_BYTES), document)
      .post(trustedOnly, rawBody(MAX_BODY_BYTES), document);
  for (const [path, index] of [
    [`/${EVENTS_INDEX}/_bulk`, EVENTS_INDEX],
    ['/_bulk', undefined],
  ] as const) {
    const bulk = write((request) => writeBulk(intake, bytes(request), index, senderOf(request)));
    app
      .route(path)
      .post(trustedOnly, rawBody(MAX_BULK_BYTES), bulk)
      .put(trustedOnly, rawBody(MAX_BULK_BYTES), bulk);
  }
  const tellSenders: ErrorRequestHandler = (error, request, response, next) => {
    if (error instanceof KindredError && error.status === 503) response.set('Retry-After', '1');
    const known = asKindredError(error);
    if (WRITES.test(request.path) && known && known.status < 500) sendEngineError(response, known, engine);
    else next(error);
  };
  app.use(tellSenders);
}

function senderOf({ headers }: Request): EventSender {
  return { trusted: true, identity: identityFromHeaders(headers) };
}

function idIn({ params: { id } }: Request): string | undefined {
  return typeof id === 'string' ? id : undefined;
}

/** Empty when there was no body. */
export function bytes({ body }: Request): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
