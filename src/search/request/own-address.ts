// The address under which a caller reached the proxy, as engines write those of their nodes.
import type { IncomingHttpHeaders } from 'node:http';

/** Host and port. */
export function ownAddress({ host = '', 'x-forwarded-proto': proto }: IncomingHttpHeaders): string {
  return /:\d+$/.test(host) ? host : `${host}:${proto === 'https' ? 443 : 80}`;
}
