// Calls to another process over a message channel: those of one turn of the event loop travel as one message.
import { unavailable } from './session-store.js';

/** Two ends, each of which hears what the other sends, in order, structured clones of it. */
export interface Channel {
  send(message: unknown): void;
  receive(listener: (message: unknown) => void): void;
}

export type Call = (name: string, ...args: readonly unknown[]) => Promise<unknown>;

/** What can be called, by name. */
export type Callable = Readonly<Record<string, (...args: never[]) => unknown>>;

type Answer = { readonly value: unknown } | { readonly error: string };

interface Calls {
  readonly kindredCalls: number;
  readonly calls: readonly { readonly name: string; readonly args: readonly unknown[] }[];
}

interface Answers {
  readonly kindredAnswers: number;
  readonly answers: readonly Answer[];
}

interface Waiting {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A process that has not answered for so long is left in peace until it does. */
const SILENT_MS = 1_000;

export interface CallerOptions {
  /** told once when the other process does not answer, and when it answers again */
  readonly onDown: () => void;
  readonly onUp: () => void;
  readonly silentMs?: number;
}

/**
 * Calls what the other end answers by `answerCalls`. Rejects with `sessions-unavailable` when it has not answered in
 * time, or says that it failed. While it is silent nothing is sent, so that nothing piles up.
 */
export function createCaller(channel: Channel, options: CallerOptions): Call {
  const { onDown, onUp, silentMs = SILENT_MS } = options;
  const asked = new Map<number, readonly Waiting[]>();
  let batch: Waiting[] = [];
  let batches = 0;
  let silent = false;

  channel.receive((message) => {
    if (!isAnswers(message)) return;
    if (silent) onUp();
    silent = false;
    const waiting = asked.get(message.kindredAnswers) ?? [];
    asked.delete(message.kindredAnswers);
    for (const [position, { resolve, reject }] of waiting.entries()) {
      const answer = message.answers[position];
      if (answer && 'value' in answer) resolve(answer.value);
      else reject(unavailable(answer?.error));
    }
  });

  function flush(): void {
    const id = batches;
    const waiting = batch;
    batches += 1;
    batch = [];
    asked.set(id, waiting);
    if (!silent)
      channel.send({
        kindredCalls: id,
        calls: waiting.map(({ name, args }) => ({ name, args })),
      } satisfies Calls);
    setTimeout(() => {
      if (!asked.delete(id)) return;
      if (!silent) onDown();
      silent = true;
      for (const { reject } of waiting) reject(unavailable(`no answer in ${silentMs} ms`));
    }, silentMs).unref();
  }

  return (name, ...args) =>
    new Promise((resolve, reject) => {
      if (batch.length === 0) setImmediate(flush);
      batch.push({ name, args, resolve, reject });
    });
}

/** Answers the calls of the other end, as long as the channel is there. */
export function answerCalls(channel: Channel, callable: Callable): void {
  channel.receive(async (message) => {
    if (!isCalls(message)) return;
    const answers = await Promise.all(
      message.calls.map(async ({ name, args }): Promise<Answer> => {
        try {
          const answer = callable[name];
          if (!answer) throw new Error(`there is no ${name}`);
          return { value: await answer(...(args as never[])) };
        } catch (error) {
          return { error: String(error) };
        }
      }),
    );
    channel.send({ kindredAnswers: message.kindredCalls, answers } satisfies Answers);
  });
}

function isCalls(message: unknown): message is Calls {
  return typeof message === 'object' && message !== null && 'kindredCalls' in message;
}

function isAnswers(message: unknown): message is Answers {
  return typeof message === 'object' && message !== null && 'kindredAnswers' in message;
}
