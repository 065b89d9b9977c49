// Where things are in a JSON text: byte spans of objects and of their members.

/** Byte offsets into the scanned buffer; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One member of an object. `key` is decoded: `"qu\u0065ry"` is `query`. */
export interface Member {
  readonly key: string;
  /** offset of the key's opening quote */
  readonly keyStart: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** An object from its `{` to behind its `}`, with its own members in the order of the text. */
export interface ObjectSpan extends Span {
  readonly members: readonly Member[];
}

/** The member called `key`, if there is one. */
export function findMember(object: ObjectSpan, key: string): Member | undefined {
  return object.members.find((member) => member.key === key);
}
