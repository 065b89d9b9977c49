// Random JSON documents in odd but valid spellings, and a comparison of JSON texts that owes nothing to the scanner.
import fc from 'fast-check';

export interface TextMember {
  readonly key: string;
  readonly keyText: string;
  readonly valueText: string;
}

export interface TextDocument {
  readonly text: string;
  readonly members: readonly TextMember[];
}

export const gap = fc.constantFrom('', '', '', ' ', '\n\t', '\r\n  ');

const numberText = fc.constantFrom(
  ...['0', '-0', '1.0', '24', '9007199254740993', '-9007199254740993', '1e400', '-1.5E+10', '0.1e-7'],
  '123456789012345678901234567890.000',
);

const characterText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'e', ' ', '/', '{', ']', ',', ':', '\u007f') },
  fc.constantFrom('é', '\u2028', '🧺', 'ß', '\ufeff'),
  fc.constantFrom(
    '\\u0065',
    '\\u00E9',
    '\\"',
    '\\\\',
    '\\/',
    '\\b',
    '\\n',
    '\\ud83e\\uddfa',
    '\\ud800',
    '\\u0000',
  ),
);

const stringText = fc.array(characterText, { maxLength: 6 }).map((parts) => `"${parts.join('')}"`);

/** Keys that matter to the rewriter come up often, some spelled with escapes. */
const keyText = fc.oneof(
  stringText,
  fc.constantFrom(
    '"query"',
    '"qu\\u0065ry"',
    '"ext"',
    '"\\u0065xt"',
    '"size"',
    '"rescore"',
    '"kindred"',
    '"ubi"',
  ),
);

function objectText(
  members: readonly (readonly [string, string, string, string])[],
  inner: string,
): TextDocument {
  const texts = members.map(
    ([key, before, value, after]) => `${before}${key}${after}:${before}${value}${after}`,
  );
  return {
    text: `{${members.length > 0 ? texts.join(',') : inner}}`,
    members: members.map(([key, , valueText]) => ({ key: JSON.parse(key), keyText: key, valueText })),
  };
}

const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    fc.constantFrom('true', 'false', 'null'),
    numberText,
    stringText,
    fc
      .array(fc.tuple(gap, tie('value'), gap), { maxLength: 4 })
      .map((items) => `[${items.map((item) => item.join('')).join(',')}]`),
    objects(tie('value')).map(({ text }) => text),
  ),
}));

function objects(values: fc.Arbitrary<string>): fc.Arbitrary<TextDocument> {
  const members = fc.uniqueArray(fc.tuple(keyText, gap, values, gap), {
    maxLength: 5,
    selector: ([key]) => JSON.parse(key),
  });
  return fc.tuple(members, gap).map(([list, inner]) => objectText(list, inner));
}

/** A JSON value as text. */
export const valueText: fc.Arbitrary<string> = value;

/** An object without white space around it. */
export const objectDocument: fc.Arbitrary<TextDocument> = objects(value);

/**
 * The tokens of a valid JSON text without white space: strings decoded, numbers to the letter. Equal for two texts
 * exactly when any lossless reader reads the same from them, members in the same order.
 */
export function tokens(text: string): string[] {
  JSON.parse(text);
  const found = text.match(/"(?:[^"\\]|\\.)*"|[-+.\w]+|[{}[\]:,]/g) ?? [];
  return found.map((token) => (token.startsWith('"') ? JSON.stringify(JSON.parse(token)) : token));
}

/** The tokens of an object with these members. */
export function objectTokens(members: readonly TextMember[]): string[] {
  return tokens(`{${members.map(({ keyText, valueText }) => `${keyText}:${valueText}`).join(',')}}`);
}
