// A list of affinity fields with weights, global or of a category override.
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { CatalogField } from '../../../../contract/catalog.js';
import type { Finding } from '../../../../core/errors.js';
import { formatCount } from '../../../../core/format-count.js';
import type { FieldWeight } from '../../../../core/model/model.js';
import { IconPlus } from '../../../components/icons.js';
import { WeightList } from '../../../components/inputs/weight-list.js';
import { leftOf } from '../../../lib/model/balance-weights.js';
import { findingUnder } from '../../../lib/model/findings.js';
import { FieldPicker } from './field-picker.js';

interface FieldWeightsProps {
  readonly label: string;
  readonly catalog: string;
  readonly known: readonly CatalogField[] | undefined;
  readonly fields: readonly FieldWeight[];
  /** of the list in the model, for findings */
  readonly path: string;
  readonly findings: readonly Finding[];
  readonly disabled: boolean;
  readonly onChange: (fields: FieldWeight[]) => void;
  readonly children?: ReactNode;
}

export function FieldWeights(props: FieldWeightsProps) {
  const { label, catalog, known, fields, path, findings, disabled, onChange, children } = props;
  const [picking, { open, close }] = useDisclosure();
  return (
    <>
      <WeightList
        label={label}
        rows={fields.map(({ field, weight }) => ({ name: field, weight }))}
        onChange={(rows) => onChange(rows.map(({ name, weight }) => ({ field: name, weight })))}
        noteOf={(name) => noteOf(known, name)}
        findingOf={(index) => findingUnder(findings, `${path}.${index}`)}
        disabled={disabled}
      >
        <Button
          variant="light"
          size="sm"
          leftSection={<IconPlus size={16} />}
          disabled={disabled}
          onClick={open}
        >
          Add field
        </Button>
        {children}
      </WeightList>
      {picking && (
        <FieldPicker
          catalog={catalog}
          listed={fields.map(({ field }) => field)}
          onAdd={(field) => onChange([...fields, { field, weight: Math.max(0, leftOf(fields)) }])}
          onClose={close}
        />
      )}
    </>
  );
}

function noteOf(known: readonly CatalogField[] | undefined, name: string): string | null {
  // As high as what will stand there.
  if (!known) return '\u00a0';
  const field = known.find((each) => each.field === name);
  if (!field) return 'not among the fields that the catalog offers';
  const values = field.type === 'number' ? 'in bands' : formatCount(field.distinct, 'value');
  return `${values}, on ${Math.round(100 * field.coverage)} % of the products`;
}
