// How deep a JSON text nests: what is too deep must not reach an engine, as parsing it can crash the whole node.

/** Nested objects and arrays, the outermost counts 1. Storefronts need some thirty; OpenSearch 3.4 crashed on a thousand. */
export const MAX_NESTING = 100;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LINE_FEED = 0x0a;
const SPACES = new Set(Buffer.from('\t\r\n'));
/** Outside of strings these, controls and what is not ASCII may begin a comment or another kind of string, or be half a character. */
const AMBIGUOUS = new Set(Buffer.from(`/#'\\`));
/** `[` and `{`, `]` and `}` differ in one bit. */
const BRACKET_BIT = 0x20;
const OPEN = 0x5b | BRACKET_BIT;
const CLOSE = 0x5d | BRACKET_BIT;

/**
 * Whether any line of JSON, well-formed or not, nests deeper than `max`: one pass, without recursion. Engines read more
 * than JSON, such as comments and UTF-16, in which a quote need not begin a string: there every opening bracket counts,
 * wherever it stands.
 */
export function nestsDeeper(bytes: Buffer, max = MAX_NESTING): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (inString) {
      if (byte === BACKSLASH && bytes[at + 1] !== LINE_FEED) at++;
      // No string goes over the end of a line: what follows counts again.
      else if (byte === QUOTE || byte === LINE_FEED) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if ((byte | BRACKET_BIT) === OPEN) {
      depth += 1;
      if (depth > max) return true;
    } else if ((byte | BRACKET_BIT) === CLOSE) depth = Math.max(0, depth - 1);
    else if (isAmbiguous(byte)) return opensMore(bytes, max);
  }
  return false;
}

function isAmbiguous(byte: number): boolean {
  return byte > 0x7e || (byte < 0x20 && !SPACES.has(byte)) || AMBIGUOUS.has(byte);
}

function opensMore(bytes: Buffer, max: number): boolean {
  let opened = 0;
  for (const byte of bytes) if ((byte | BRACKET_BIT) === OPEN) opened += 1;
  return opened > max;
}
