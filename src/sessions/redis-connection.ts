// The connection to Redis: reconnects by itself, fails fast while it is down, and reports an outage once.
import { Redis } from 'ioredis';

export interface RedisListeners {
  /** called once, when Redis cannot be reached or does not answer; the message names no password */
  readonly onDown: (reason: string) => void;
  /** called when it answers again after that */
  readonly onUp: () => void;
}

const CONNECT_TIMEOUT_MS = 2_000;
/** A Redis that does not answer a command for this long counts as down. */
const COMMAND_TIMEOUT_MS = 1_000;
const MAX_RECONNECT_DELAY_MS = 1_000;

/**
 * Returns at once and connects in the background. While there is no connection every command fails at once: nothing
 * queues, and nothing is sent a second time.
 * @param url `redis://user:password@host:6379/0`, or `rediss://` for TLS
 */
export function connectRedis(url: string, { onDown, onUp }: RedisListeners): Redis {
  const redis = new Redis(url, {
    connectionName: 'kindred',
    connectTimeout: CONNECT_TIMEOUT_MS,
    disconnectTimeout: 200,
    socketTimeout: COMMAND_TIMEOUT_MS,
    commandTimeout: COMMAND_TIMEOUT_MS,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 10), MAX_RECONNECT_DELAY_MS),
    // A primary that became a replica refuses writes: the address leads to the new one.
    reconnectOnError: ({ message }) => message.startsWith('READONLY'),
  });
  let down = false;
  function reportDown(reason: string): void {
    if (!down) onDown(reason);
    down = true;
  }
  redis.on('error', ({ message }: Error) => reportDown(message));
  redis.on('reconnecting', () => reportDown('the connection was closed'));
  redis.on('ready', () => {
    if (down) onUp();
    down = false;
  });
  return redis;
}

/** Closes the connection after the commands under way, if Redis still answers. */
export async function closeRedis(redis: Redis): Promise<void> {
  await redis.quit().catch(() => redis.disconnect());
}
