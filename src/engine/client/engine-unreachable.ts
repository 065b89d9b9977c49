// The error for an engine that cannot be reached: which one, why, and what to do, without any credential.
import { isNativeError } from 'node:util/types';
import { KindredError } from '../../core/errors.js';

const CODE = 'engine-unreachable';
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name cannot be looked up now',
  ECONNRESET: 'the connection was closed',
  UND_ERR_SOCKET: 'the connection was closed',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped midway',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS: try http://',
};

/**
 * @param url without credentials
 * @param error what the HTTP client threw; only its code is shown
 */
export function engineUnreachable(url: string, error: unknown): KindredError {
  return new KindredError(
    CODE,
    `The engine at ${url} cannot be reached (${failureReason(error)}): start it, or correct ELASTICSEARCH_URL.`,
    { status: 503, cause: error },
  );
}

/** Why a request failed, in words or by its code; messages may name the address, and are not told. */
export function failureReason(error: unknown): string {
  const code = errorCode(error);
  return REASONS[code] ?? (code || 'the request failed');
}

/** The reason of a failed request to the engine without its address: safe to show to anyone. */
export function publicReason(error: unknown): string {
  if (!(error instanceof KindredError)) return 'an unexpected failure';
  return error.code === CODE ? 'the engine does not answer' : error.message;
}

/** The first code found in an error, its causes, or (several addresses tried) the errors it gathers. */
function errorCode(error: unknown): string {
  if (!isNativeError(error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  const deeper = errorCode('errors' in error && Array.isArray(error.errors) ? error.errors[0] : error.cause);
  // The clients pass on some codes in their message only.
  return deeper || Object.keys(REASONS).find((code) => error.message.includes(code)) || error.name;
}
