// The few types a catalog attribute can have once it is read, whatever its file called them.

export type ScalarType = 'VARCHAR' | 'BIGINT' | 'DOUBLE' | 'BOOLEAN';
export type AttributeType = ScalarType | `${ScalarType}[]`;

export interface AttributeColumn {
  readonly name: string;
  readonly type: AttributeType;
}

const INTEGERS = /^U?(TINY|SMALL|BIG)?INT(EGER)?$/;
const FRACTIONS = /^(FLOAT|DOUBLE|DECIMAL\(.*\)|U?HUGEINT)$/;
const OBJECTS = /^(STRUCT|MAP|UNION)\b/;

/**
 * The type an attribute is read as; dates, times, UUIDs and mixed JSON become text.
 * @param type as DuckDB's DESCRIBE prints it
 * @returns null for objects and lists of lists, which no affinity can use
 */
export function attributeType(type: string): AttributeType | null {
  const list = /^(.*)\[\d*\]$/s.exec(type)?.[1];
  if (list === undefined) return scalarType(type);
  const element = list.endsWith(']') ? null : scalarType(list);
  return element && `${element}[]`;
}

function scalarType(type: string): ScalarType | null {
  if (OBJECTS.test(type)) return null;
  // An unsigned 64-bit integer does not fit a BIGINT.
  if (type === 'UBIGINT' || FRACTIONS.test(type)) return 'DOUBLE';
  if (INTEGERS.test(type)) return 'BIGINT';
  return type === 'BOOLEAN' ? 'BOOLEAN' : 'VARCHAR';
}
