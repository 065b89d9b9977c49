// Sends a request to the admin API with the key in use, and turns problem responses into errors.
import type { Finding } from '../../core/errors.js';
import { ofChosenCatalog } from './chosen-catalog.js';
import { currentKey, signOut } from './key-store.js';

/** A problem response (RFC 9457); code `unreachable` and status 0 without a response. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly errors: readonly Finding[] = [],
  ) {
    super(message);
  }
}

export interface ApiResponse<T> {
  readonly data: T;
  /** of the resource, with its quotes; empty where it has none */
  readonly etag: string;
}

interface RequestOptions {
  readonly body?: unknown;
  /** ETag of what the change was made from */
  readonly ifMatch?: string;
  readonly signal?: AbortSignal;
  /** instead of the one in use, to check it */
  readonly key?: string;
}

const UNREACHABLE = 'Kindred does not answer. What you have entered stays here; try again in a moment.';
const KEY_REFUSED =
  'Your key is not accepted any more. Sign in again: this page and your unsaved work are kept.';

/**
 * @param path under `/api`, e.g. `/models/summer`
 * @throws ApiError; a 401 for the key in use also signs out
 */
export async function request<T>(
  method: string,
  path: string,
  options: RequestOptions = {},
): Promise<ApiResponse<T>> {
  const { body, ifMatch, signal, key = currentKey() ?? '' } = options;
  const response = await send(`/api${ofChosenCatalog(path)}`, {
    method,
    headers: {
      'X-Kindred-Key': key,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(ifMatch !== undefined && { 'If-Match': ifMatch }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
  });
  if (!response.ok) throw await problemOf(response, options.key === undefined);
  const text = await response.text();
  return {
    data: text === '' ? undefined : JSON.parse(text),
    etag: response.headers.get('etag') ?? '',
  };
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await request<T>('GET', path, { signal })).data;
}

/** Null where this server does not have the resource. */
export async function getIfThere<T>(path: string, signal?: AbortSignal): Promise<T | null> {
  try {
    return await get<T>(path, signal);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiError(0, 'unreachable', UNREACHABLE);
  }
}

async function problemOf(response: Response, inUse: boolean): Promise<ApiError> {
  const { status } = response;
  if (status === 401 && inUse) signOut(KEY_REFUSED);
  try {
    const { code, detail, errors } = await response.json();
    return new ApiError(status, String(code), capital(String(detail)), errors);
  } catch {
    return new ApiError(status, 'not-an-answer', UNREACHABLE);
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
