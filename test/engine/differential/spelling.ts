// JSON as clients write it: values that keep numbers to the letter, and several ways to put them into text.

/** A number by its text, for those that a double cannot hold. */
export class Digits {
  constructor(readonly text: string) {}
}

export type Json =
  | null
  | boolean
  | number
  | string
  | Digits
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

export type JsonObject = { readonly [key: string]: Json | undefined };

/** All of them say the same. `gap` stands around members and items. */
export interface Spelling {
  readonly gap: string;
  /** letters as `\u0061` where the text has them */
  readonly escaped: boolean;
}

export const PLAIN: Spelling = { gap: '', escaped: false };

/** Members that are undefined are left out, as `JSON.stringify` does. */
export function spell(value: Json, spelling: Spelling = PLAIN): string {
  const { gap } = spelling;
  if (value instanceof Digits) return value.text;
  if (typeof value === 'string') return spelling.escaped ? escaped(value) : JSON.stringify(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map((item) => gap + spell(item, spelling)).join(',')}${gap}]`;
  const members = Object.entries(value).flatMap(([key, member]) =>
    member === undefined ? [] : `${gap}${spell(key, spelling)}${gap}:${gap}${spell(member, spelling)}`,
  );
  return `{${members.join(',')}${gap}}`;
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

/** Placeholders such as `@index@` stay readable: they are replaced in the text. */
function escaped(value: string): string {
  return JSON.stringify(value).replace(/@\w+@|\\.|[a-z]/g, (part) =>
    part.length === 1 ? `\\u00${part.charCodeAt(0).toString(16)}` : part,
  );
}
