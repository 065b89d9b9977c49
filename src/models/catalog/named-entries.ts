// Nested objects that each hold one attribute by its name, as shop systems index them: `[{ name, value }]`.
import type { OpenField } from '../../core/field-location.js';
import type { FieldType, MappedField } from '../../engine/indices/mapped-fields.js';

/** What shop systems call the one and the other, as whole words of a path's last part (`facet-name`, `attributeCode`). */
const KEY = /(^|_)(name|code|key|attribute|label|facet|slug|id)(_|$)/;
const ID = /(^|_)id(_|$)/;
const VALUE = /(^|_)(values?|options?)(_|$)/;

type Entries = Required<OpenField> & { readonly type: FieldType };
type Offered = Pick<MappedField, 'field' | 'location'> & Pick<Entries, 'type'>;

/** @param offered the affinity fields, those in nested objects among them */
export function namedEntries(fields: readonly MappedField[], offered: readonly Offered[]): Entries[] {
  const paths = [...new Set(fields.flatMap(({ nested }) => nested ?? []))];
  return paths.flatMap((path) => {
    const own = new Set(fields.flatMap(({ field, nested }) => (nested === path ? [field] : [])));
    const inside = offered.filter(({ field }) => own.has(field));
    const values = inside.filter((each) => VALUE.test(words(each)));
    const keys = inside.filter(
      (each) => each.type === 'keyword' && KEY.test(words(each)) && !values.includes(each),
    );
    // A name says more to people than an id.
    const key = keys.find((each) => !ID.test(words(each))) ?? keys[0];
    return key ? values.map((value) => entriesOf(path, key, value)) : [];
  });
}

function entriesOf(path: string, key: Offered, value: Offered): Entries {
  const inside = (whole: string) => whole.slice(path.length + 1);
  const entries = {
    ...{ key: inside(key.field), keySource: inside(key.location.source) },
    ...{ value: inside(value.field), valueSource: inside(value.location.source) },
  };
  return { path, source: path, entries, type: value.type };
}

/** The last part of a source path, its words apart: `attributeCode` and `attribute-code` are `attribute_code`. */
function words({ location }: Offered): string {
  const last = location.source.split('.').at(-1) ?? '';
  return last
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase();
}
