// Strict JSON (RFC 8259), checked byte by byte: the scanner behind JsonDocument, which keeps where the outermost parts are.

/** Byte offsets into the scanned buffer; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A member of an object: its decoded key (`"qu\u0065ry"` is `query`), and the span of its value. */
export interface Member extends Span {
  readonly key: string;
  /** offset of the key's opening quote */
  readonly keyStart: number;
  /** the parsed value, once it was read */
  value: unknown;
}

/** An object from its `{` to behind its `}`, with its own members in the order of the text. */
export interface ObjectSpan extends Span {
  readonly members: readonly Member[];
}

export type ScanRefusal =
  | 'not-an-object'
  | 'malformed'
  | 'duplicate-key'
  | 'too-deep'
  | 'too-large'
  | 'not-utf8';

/** What the scanner throws. */
export class ScanRefused {
  constructor(
    readonly reason: ScanRefusal,
    readonly offset: number,
  ) {}
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const LITERALS = new Map(['true', 'false', 'null'].map((word) => [word.charCodeAt(0), Buffer.from(word)]));
const SIMPLE_ESCAPES = new Set(Buffer.from('"\\/bfnrt'));

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/** Recursive descent; the depth limit bounds the recursion. */
export class JsonScanner {
  private depth = 0;
  /** whether the string read last had an escape */
  private escaped = false;

  constructor(
    private readonly bytes: Buffer,
    private at: number,
    private readonly maxDepth: number,
  ) {}

  /** One object and nothing behind it. */
  document(): ObjectSpan {
    this.space();
    if (this.bytes[this.at] !== OPEN_BRACE) this.refuse('not-an-object');
    const start = this.at;
    const members: Member[] = [];
    this.object(members);
    const end = this.at;
    this.space();
    if (this.at < this.bytes.length) this.refuse('malformed');
    return { start, end, members };
  }

  /** The items of one array that has been scanned before as part of a document; none where there is no array. */
  list(): Span[] {
    this.space();
    const items: Span[] = [];
    if (this.bytes[this.at] === OPEN_BRACKET) this.array(items);
    return items;
  }

  private refuse(reason: ScanRefusal): never {
    throw new ScanRefused(reason, Math.min(this.at, this.bytes.length));
  }

  private space(): void {
    const { bytes } = this;
    let { at } = this;
    for (;;) {
      const byte = bytes[at];
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) at++;
      else break;
    }
    this.at = at;
  }

  private expect(byte: number): void {
    if (this.bytes[this.at] !== byte) this.refuse('malformed');
    this.at++;
  }

  private enter(): void {
    this.at++;
    this.depth++;
    if (this.depth > this.maxDepth) this.refuse('too-deep');
    this.space();
  }

  private object(members?: Member[]): void {
    this.enter();
    let first: string | undefined;
    let seen: Set<string> | undefined;
    while (this.bytes[this.at] !== CLOSE_BRACE) {
      if (first !== undefined) {
        this.expect(COMMA);
        this.space();
      }
      const keyStart = this.at;
      const key = this.key();
      if (first === undefined) first = key;
      else {
        seen ??= new Set([first]);
        if (seen.has(key)) throw new ScanRefused('duplicate-key', keyStart);
        seen.add(key);
      }
      this.space();
      this.expect(COLON);
      this.space();
      const start = this.at;
      this.value();
      members?.push({ key, keyStart, start, end: this.at, value: undefined });
      this.space();
    }
    this.at++;
    this.depth--;
  }

  private array(items?: Span[]): void {
    this.enter();
    let first = true;
    while (this.bytes[this.at] !== CLOSE_BRACKET) {
      if (!first) {
        this.expect(COMMA);
        this.space();
      }
      first = false;
      const start = this.at;
      this.value();
      items?.push({ start, end: this.at });
      this.space();
    }
    this.at++;
    this.depth--;
  }

  private value(): void {
    const byte = this.bytes[this.at];
    if (byte === QUOTE) this.string();
    else if (byte === OPEN_BRACE) this.object();
    else if (byte === OPEN_BRACKET) this.array();
    else this.literal(byte);
  }

  private literal(first: number | undefined): void {
    const word = first === undefined ? undefined : LITERALS.get(first);
    if (word === undefined) this.number();
    else for (const letter of word) this.expect(letter);
  }

  private key(): string {
    if (this.bytes[this.at] !== QUOTE) this.refuse('malformed');
    const start = this.at;
    this.string();
    if (!this.escaped) return this.bytes.toString('utf8', start + 1, this.at - 1);
    return String(JSON.parse(this.bytes.toString('utf8', start, this.at)));
  }

  private string(): void {
    const { bytes } = this;
    let at = this.at + 1;
    this.escaped = false;
    for (;;) {
      const byte = bytes[at];
      if (byte === QUOTE) break;
      if (byte === undefined || byte < 0x20) {
        this.at = at;
        this.refuse('malformed');
      }
      at = byte === BACKSLASH ? this.escape(at) : at + 1;
    }
    this.at = at + 1;
  }

  private escape(start: number): number {
    this.escaped = true;
    const kind = this.bytes[start + 1] ?? 0;
    if (SIMPLE_ESCAPES.has(kind)) return start + 2;
    const digits = this.bytes.toString('latin1', start + 2, start + 6);
    this.at = start;
    if (kind !== 0x75 || !/^[0-9a-fA-F]{4}$/.test(digits)) this.refuse('malformed');
    return start + 6;
  }

  private number(): void {
    if (this.bytes[this.at] === 0x2d) this.at++;
    if (this.bytes[this.at] === 0x30) this.at++;
    else this.digits();
    if (this.bytes[this.at] === 0x2e) {
      this.at++;
      this.digits();
    }
    if (((this.bytes[this.at] ?? 0) | 0x20) === 0x65) {
      this.at++;
      const sign = this.bytes[this.at];
      if (sign === 0x2b || sign === 0x2d) this.at++;
      this.digits();
    }
  }

  private digits(): void {
    if (!isDigit(this.bytes[this.at])) this.refuse('malformed');
    while (isDigit(this.bytes[this.at])) this.at++;
  }
}
