// The built files of the web console: hashed assets, cached for good, and its one page at every path.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type RequestHandler, Router } from 'express';
import { KindredError } from '../../core/errors.js';
import { methodNotAllowed } from '../problem.js';

/** The same path from the sources and from the compiled files. */
const BUILT = new URL('../../../dist/console/', import.meta.url);
/** The build writes it where the nonce of a response goes. */
const NONCE_PLACE = 'nonce-of-this-answer';
/** The name of a file, without a path. */
const FILE_NAME = /^[\w-][\w.-]*$/;
const COMPRESSED = ['.js', '.css', '.svg'];

interface Asset {
  readonly raw: Buffer;
  readonly gzipped: Buffer | null;
}

/**
 * Serves `/assets/*`, `/`, and every other path that a browser opens as a page, as the console routes by itself.
 * Requests that do not accept HTML go on to the next handler.
 */
export function createConsole(folder: URL = BUILT): Router {
  const router = Router({ strict: true, caseSensitive: true });
  router.get('/assets/:name', serveAsset(folder));
  router
    .route('/')
    .get(servePage(folder))
    .all(methodNotAllowed(['HEAD', 'GET']));
  router.get('/*path', (request, response, next) => {
    const opened = (request.get('accept') ?? '').includes('text/html');
    if (opened && !/^\/(api|assets)\//.test(request.path)) return servePage(folder)(request, response, next);
    next();
  });
  return router;
}

function servePage(folder: URL): RequestHandler {
  return async (_request, response) => {
    const page = await read(new URL('index.html', folder));
    if (!page)
      throw new KindredError('console-not-built', 'the console is not built; run npm run build', {
        status: 503,
      });
    const nonce = randomBytes(16).toString('base64');
    response.set('Content-Security-Policy', policy(nonce)).type('html');
    response.send(page.toString('utf8').replaceAll(NONCE_PLACE, nonce));
  };
}

/** Styles that components insert at run time have the nonce; product images may be on any host. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    'img-src http: https: data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function serveAsset(folder: URL): RequestHandler {
  const cache = new Map<string, Promise<Asset | null>>();
  return async (request, response, next) => {
    const name = String(request.params.name);
    if (!FILE_NAME.test(name)) return next();
    const loading = cache.get(name) ?? load(new URL(`assets/${name}`, folder), extname(name));
    const asset = await loading;
    if (!asset) return next();
    cache.set(name, loading);
    response.set({ 'Cache-Control': 'public, max-age=31536000, immutable', Vary: 'Accept-Encoding' });
    response.type(extname(name));
    if (asset.gzipped && request.acceptsEncodings('gzip')) {
      response.set('Content-Encoding', 'gzip').send(asset.gzipped);
    } else response.send(asset.raw);
  };
}

async function load(file: URL, extension: string): Promise<Asset | null> {
  const raw = await read(file);
  if (!raw) return null;
  return { raw, gzipped: COMPRESSED.includes(extension) ? await promisify(gzip)(raw) : null };
}

async function read(file: URL): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch {
    return null;
  }
}
