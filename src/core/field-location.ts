// Where the documents of a catalog keep the values of a field, and how they are read from there.
import { valuesAt } from './product.js';

export interface FieldLocation {
  /** path in `_source`: of a sub-field (`brand.raw`) that of its field (`brand`), of an alias that of what it stands for */
  readonly source: string;
}

/** A field as models name it, with where its values are. */
export interface LocatedField {
  readonly field: string;
  readonly location: FieldLocation;
}

/** What is read of every product of a catalog. */
export interface ProductFields {
  readonly category: FieldLocation;
  readonly fields: readonly LocatedField[];
}

/** The values of a field in one document, each once, as `valuesAt` reads them. */
export function locatedValues(document: unknown, { source }: FieldLocation): string[] {
  return valuesAt(document, source);
}
