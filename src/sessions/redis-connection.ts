// The connection to Redis: comes back by itself, keeps nobody waiting, and says once that it is gone.
import { Redis } from 'ioredis';

export interface RedisListeners {
  /** told once, when Redis cannot be reached or does not answer; the message names no password */
  readonly onDown: (reason: string) => void;
  /** told when it answers again after that */
  readonly onUp: () => void;
}

const CONNECT_MS = 2_000;
/** A Redis that is silent for so long while it is asked is taken for gone. */
const SILENT_MS = 1_000;
const LONGEST_PAUSE_MS = 1_000;

/**
 * Connects behind the caller's back. While there is no connection every command is refused at once: nothing queues,
 * and nothing is sent a second time.
 * @param url `redis://user:password@host:6379/0`, or `rediss://` for TLS
 */
export function connectRedis(url: string, { onDown, onUp }: RedisListeners): Redis {
  const redis = new Redis(url, {
    connectionName: 'kindred',
    connectTimeout: CONNECT_MS,
    disconnectTimeout: 200,
    socketTimeout: SILENT_MS,
    commandTimeout: SILENT_MS,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 10), LONGEST_PAUSE_MS),
    // A primary that became a replica refuses writes: the address leads to the new one.
    reconnectOnError: ({ message }) => message.startsWith('READONLY'),
  });
  let down = false;
  function tell(reason: string): void {
    if (!down) onDown(reason);
    down = true;
  }
  redis.on('error', ({ message }: Error) => tell(message));
  redis.on('reconnecting', () => tell('the connection was closed'));
  redis.on('ready', () => {
    if (down) onUp();
    down = false;
  });
  return redis;
}

/** Ends the connection; what is under way is answered first when Redis answers at all. */
export async function closeRedis(redis: Redis): Promise<void> {
  await redis.quit().catch(() => redis.disconnect());
}
