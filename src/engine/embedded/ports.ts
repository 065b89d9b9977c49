// Ports for engines: one that is free, and a check of the one that is asked for before anything is started on it.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { KindredError } from '../../core/errors.js';

/** Kindred's own listeners live here. */
const RESERVED = { from: 9280, to: 9289 };

/**
 * @param port 0 (any free one) always passes
 * @throws KindredError `reserved-port`, `port-in-use`
 */
export async function checkPort(port: number): Promise<void> {
  if (port >= RESERVED.from && port <= RESERVED.to)
    throw new KindredError(
      'reserved-port',
      `Ports ${RESERVED.from} to ${RESERVED.to} are Kindred's own: choose another for the engine, such as 9200.`,
    );
  const probe = createServer();
  try {
    await once(probe.listen(port, '127.0.0.1'), 'listening');
  } catch (cause) {
    throw new KindredError('port-in-use', `Port ${port} is in use or not allowed: choose another.`, {
      cause,
    });
  } finally {
    probe.close();
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await once(probe.listen(0, '127.0.0.1'), 'listening');
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
