// Calls between processes over a message channel (IPC): those of one turn of the event loop travel as one message.
import { sessionsUnavailable } from './session-store.js';

/** One end of a channel: receives what the other end sends, in order, as structured clones. */
export interface Channel {
  send(message: object): void;
  receive(listener: (message: unknown) => void): void;
}

/** Functions that the other process can call, by name. */
export type CallHandlers = Readonly<Record<string, (...args: never[]) => unknown>>;

/** Calls one of the other process's handlers. */
export type Call<H extends CallHandlers> = <N extends keyof H & string>(
  name: N,
  ...args: Parameters<H[N]>
) => Promise<Awaited<ReturnType<H[N]>>>;

type Reply = { readonly value: unknown } | { readonly error: string };

interface CallMessage {
  readonly kindredCalls: number;
  readonly calls: readonly { readonly name: string; readonly args: readonly unknown[] }[];
}

interface ReplyMessage {
  readonly kindredReplies: number;
  readonly replies: readonly Reply[];
}

interface PendingCall {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

const CALL_TIMEOUT_MS = 1_000;

export interface CallerOptions {
  /** called once when the other process does not reply in time, and when it replies again */
  readonly onDown: () => void;
  readonly onUp: () => void;
  readonly timeoutMs?: number;
}

/**
 * Calls the handlers that the other end passes to `handleCalls`. Rejects with `sessions-unavailable` when it has not
 * replied in time, or its handler failed. While it does not reply nothing is sent, so that nothing piles up.
 */
export function createCaller<H extends CallHandlers>(channel: Channel, options: CallerOptions): Call<H> {
  const { onDown, onUp, timeoutMs = CALL_TIMEOUT_MS } = options;
  const sent = new Map<number, readonly PendingCall[]>();
  let batch: PendingCall[] = [];
  let batches = 0;
  let down = false;

  channel.receive((message) => {
    if (!isReplyMessage(message)) return;
    if (down) onUp();
    down = false;
    const pending = sent.get(message.kindredReplies) ?? [];
    sent.delete(message.kindredReplies);
    for (const [position, { resolve, reject }] of pending.entries()) {
      const reply = message.replies[position];
      if (reply && 'value' in reply) resolve(reply.value);
      else reject(sessionsUnavailable(reply?.error));
    }
  });

  function flush(): void {
    const id = batches;
    const pending = batch;
    batches += 1;
    batch = [];
    sent.set(id, pending);
    if (!down)
      channel.send({
        kindredCalls: id,
        calls: pending.map(({ name, args }) => ({ name, args })),
      } satisfies CallMessage);
    setTimeout(() => {
      if (!sent.delete(id)) return;
      if (!down) onDown();
      down = true;
      for (const { reject } of pending) reject(sessionsUnavailable(`no reply in ${timeoutMs} ms`));
    }, timeoutMs).unref();
  }

  const call = (name: string, ...args: readonly unknown[]) =>
    new Promise((resolve, reject) => {
      if (batch.length === 0) setImmediate(flush);
      batch.push({ name, args, resolve, reject });
    });
  // What a handler returns is known by its type alone: both ends are the same version of Kindred.
  return call as Call<H>;
}

/** Calls handlers of this process, without a channel. */
export function callDirectly<H extends CallHandlers>(handlers: H): Call<H> {
  const call = (name: string, ...args: readonly unknown[]) => runHandler(handlers, name, args);
  return call as Call<H>;
}

/** Runs the calls that the other end sends, as long as the channel is open. */
export function handleCalls(channel: Channel, handlers: CallHandlers): void {
  channel.receive(async (message) => {
    if (!isCallMessage(message)) return;
    const replies = await Promise.all(
      message.calls.map(async ({ name, args }): Promise<Reply> => {
        try {
          return { value: await runHandler(handlers, name, args) };
        } catch (error) {
          return { error: String(error) };
        }
      }),
    );
    channel.send({ kindredReplies: message.kindredCalls, replies } satisfies ReplyMessage);
  });
}

async function runHandler(handlers: CallHandlers, name: string, args: readonly unknown[]): Promise<unknown> {
  const handler = handlers[name];
  if (!handler) throw new Error(`there is no ${name}`);
  return handler(...(args as never[]));
}

function isCallMessage(message: unknown): message is CallMessage {
  return typeof message === 'object' && message !== null && 'kindredCalls' in message;
}

function isReplyMessage(message: unknown): message is ReplyMessage {
  return typeof message === 'object' && message !== null && 'kindredReplies' in message;
}
