// Sessions and page orders in Redis, for several processes: as the memory stores, each call atomic.

import { createHash } from 'node:crypto';
import type { Redis, Result } from 'ioredis';
import { PAGE_ORDER_MS, type PageOrderStore, pageOrderSchema } from '../core/boost-plan/page-order.js';
import { sessionKey } from '../core/event/identity.js';
import { type ArrivedEvent, byTimestamp, SESSION_MS } from '../core/event/session-event.js';
import { CODEC_VERSION, decodeEvent, encodeEvent } from './session-codec.js';
import {
  MAX_KEPT_EVENTS,
  MAX_SESSION_EVENTS,
  type SessionStore,
  sessionsUnavailable,
} from './session-store.js';

/*
 * A session is two keys: the list of its events and, once a user owns it, the user's id (hashed). An event is a JSON
 * array of its arrival (the server's clock, microseconds), its position in the batch, and what `encodeEvent` wrote. As a
 * whole it is unique, so that a copy made by a join is recognized.
 */
const APPEND = `
  local user, kept, ttl = ARGV[1], ARGV[2], ARGV[3]
  local owner = redis.call('GET', KEYS[2])
  if user ~= '' then
    if owner and owner ~= user then redis.call('DEL', KEYS[1]) end
    redis.call('SET', KEYS[2], user, 'PX', ttl)
  else
    redis.call('PEXPIRE', KEYS[2], ttl)
  end
  local now = redis.call('TIME')
  local arrival = now[1] .. string.format('%06d', now[2])
  for i = 4, #ARGV do redis.call('RPUSH', KEYS[1], '[' .. arrival .. ',' .. i .. ',' .. ARGV[i]) end
  redis.call('LTRIM', KEYS[1], -kept, -1)
  redis.call('PEXPIRE', KEYS[1], ttl)`;

const READ = `
  local user, newest = ARGV[1], ARGV[2]
  local owner = redis.call('GET', KEYS[2])
  local theirs = owner and user ~= '' and owner ~= user
  return {
    theirs and {} or redis.call('LRANGE', KEYS[1], -newest, -1),
    KEYS[3] and redis.call('LRANGE', KEYS[3], -newest, -1) or {}
  }`;

const JOIN = `
  local user, kept, ttl = ARGV[1], ARGV[2], ARGV[3]
  local known, joined = {}, 0
  for _, event in ipairs(redis.call('LRANGE', KEYS[1], 0, -1)) do known[event] = true end
  for i = 3, #KEYS, 2 do
    local owner = redis.call('GET', KEYS[i + 1])
    if owner and owner ~= user then redis.call('DEL', KEYS[i]) end
    for _, event in ipairs(redis.call('LRANGE', KEYS[i], 0, -1)) do
      if not known[event] then
        redis.call('RPUSH', KEYS[1], event)
        known[event] = true
        joined = joined + 1
      end
    end
    redis.call('SET', KEYS[i + 1], user, 'PX', ttl)
    redis.call('PEXPIRE', KEYS[i], ttl)
  end
  redis.call('LTRIM', KEYS[1], -kept, -1)
  redis.call('PEXPIRE', KEYS[1], ttl)
  redis.call('SET', KEYS[2], user, 'PX', ttl)
  return joined`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    kindredAppend(keys: number, ...args: (string | number)[]): Result<null, Context>;
    kindredRead(keys: number, ...args: (string | number)[]): Result<[string[], string[]], Context>;
    kindredJoin(keys: number, ...args: (string | number)[]): Result<number, Context>;
  }
}

/** @param options.ttlMs after the last event of a session */
export function createRedisSessionStore(
  redis: Redis,
  { ttlMs = SESSION_MS }: { readonly ttlMs?: number } = {},
): SessionStore {
  for (const [name, lua] of Object.entries({ kindredAppend: APPEND, kindredRead: READ, kindredJoin: JOIN }))
    redis.defineCommand(name, { lua });

  return {
    async append(identity, events) {
      const keys = redisKeys(sessionKey(identity));
      const owner = identity.userId === undefined ? '' : digest(identity.userId);
      if (keys.length === 0 || events.length === 0) return;
      // The script completes the array.
      const texts = events.slice(-MAX_KEPT_EVENTS).map((event) => encodeEvent(event).slice(1));
      await orUnavailable(redis.kindredAppend(keys.length, ...keys, owner, MAX_KEPT_EVENTS, ttlMs, ...texts));
    },

    async read(identity, upTo) {
      const { userId } = identity;
      const keys = redisKeys(sessionKey(identity));
      if (keys.length === 0) return [];
      if (userId !== undefined) keys.push(...redisKeys(sessionKey({ userId })).slice(0, 1));
      const owner = userId === undefined ? '' : digest(userId);
      const newest = upTo === undefined ? MAX_SESSION_EVENTS : MAX_KEPT_EVENTS;
      const found = await orUnavailable(redis.kindredRead(keys.length, ...keys, owner, newest));
      return newestOf(found.flat(), upTo);
    },

    async join(userId, { sessionId, clientId }) {
      const keys = [{ userId }, { sessionId }, { clientId }].flatMap((part) => redisKeys(sessionKey(part)));
      return orUnavailable(redis.kindredJoin(keys.length, ...keys, digest(userId), MAX_KEPT_EVENTS, ttlMs));
    },
  };
}

/** Keys of a session's events and owner. Ids are hashed, so that they cannot be read in a key or forge another one. */
function redisKeys(key: string | undefined): string[] {
  if (key === undefined) return [];
  return ['events', 'owner'].map((part) => `kindred:session:${CODEC_VERSION}:${digest(key)}:${part}`);
}

function digest(id: string): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, 22);
}

/** The newest events of two lists, which can share some. Only the events that are returned are parsed. */
function newestOf(texts: readonly string[], upTo = Number.POSITIVE_INFINITY): ArrivedEvent[] {
  const newest = [...new Set(texts)]
    .map((text) => ({ text, arrival: Number(text.slice(1, text.indexOf(','))) }))
    .filter(({ arrival }) => !(arrival > upTo))
    .sort((a, b) => a.arrival - b.arrival)
    .slice(-MAX_SESSION_EVENTS);
  const events = newest.map(({ text, arrival }) => decodeEvent(JSON.parse(text).slice(2), arrival));
  return byTimestamp(events);
}

function orUnavailable<T>(command: Promise<T>): Promise<T> {
  return command.catch((cause) => {
    throw sessionsUnavailable(cause);
  });
}

const PAGE_ORDER_KEYS = 'kindred:page-order:1:';

/** Errors: `sessions-unavailable` (503). What another version wrote in another form counts as none. */
export function createRedisPageOrderStore(redis: Redis, { ttlMs = PAGE_ORDER_MS } = {}): PageOrderStore {
  return {
    async read(key) {
      const text = await orUnavailable(redis.get(PAGE_ORDER_KEYS + key));
      return text === null ? null : (pageOrderSchema.safeParse(JSON.parse(text)).data ?? null);
    },
    async write(key, order) {
      await orUnavailable(redis.set(PAGE_ORDER_KEYS + key, JSON.stringify(order), 'PX', ttlMs));
    },
  };
}
