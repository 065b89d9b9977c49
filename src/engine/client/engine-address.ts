// Where the cluster is and with which credential, checked once; the credential never becomes part of a message.
import { KindredError } from '../../core/errors.js';

export interface EngineAddress {
  /** e.g. `http://127.0.0.1:9200`; may carry a path, and `user:password@` where no other credential is given */
  readonly url: string;
  /** sent as `Authorization: ApiKey …`; wins over a user name */
  readonly apiKey?: string;
  readonly username?: string;
  readonly password?: string;
  /** PEM text of the authority that signed the cluster's certificate */
  readonly caCert?: string;
}

export interface EngineEndpoint {
  /** without credentials and trailing slash: safe to show */
  readonly url: string;
  readonly origin: string;
  /** `''` or e.g. `/search`: stands before every request path */
  readonly basePath: string;
  readonly authorization?: string;
  readonly caCert?: string;
}

/** @throws KindredError `engine-url` when the URL is not an http(s) URL */
export function parseEngineAddress(address: EngineAddress): EngineEndpoint {
  const parsed = URL.canParse(address.url) ? new URL(address.url) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol))
    throw new KindredError(
      'engine-url',
      'The engine URL must look like http://127.0.0.1:9200 or https://search.example.com.',
    );
  const basePath = parsed.pathname.replace(/\/+$/, '');
  const authorization = authorizationHeader(address, parsed);
  return {
    url: parsed.origin + basePath,
    origin: parsed.origin,
    basePath,
    authorization,
    caCert: address.caCert,
  };
}

function authorizationHeader(address: EngineAddress, url: URL): string | undefined {
  if (address.apiKey) return `ApiKey ${address.apiKey}`;
  const username = address.username ?? decodeURIComponent(url.username);
  const password = address.password ?? decodeURIComponent(url.password);
  return username ? `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` : undefined;
}
