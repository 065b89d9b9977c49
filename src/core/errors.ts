// The error type of all rooms: a stable code, an HTTP status and a message that is safe to show.

/** One finding about one place in an input; `path` is dotted, e.g. `globalAffinityFields.0.weight`. */
export interface Finding {
  readonly path: string;
  readonly message: string;
}

export interface KindredErrorOptions {
  /** HTTP status that the listeners answer with. */
  readonly status?: number;
  readonly errors?: readonly Finding[];
  readonly cause?: unknown;
}

/** An error that the caller can act on. Commands print its message as one line; listeners answer problem JSON. */
export class KindredError extends Error {
  override readonly name = 'KindredError';
  readonly status: number;
  readonly errors: readonly Finding[];

  /**
   * @param code stable, kebab-case, e.g. `model-not-found`
   * @param message one line that says what is wrong and what to do
   */
  constructor(
    readonly code: string,
    message: string,
    options: KindredErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.status = options.status ?? 500;
    this.errors = options.errors ?? [];
  }
}
