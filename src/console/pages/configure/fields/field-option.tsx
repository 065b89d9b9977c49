// One field in the field picker; samples of its values are read once it comes into view.
import { Badge, Button, Group, Text } from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { useRef } from 'react';
import type { CatalogField } from '../../../../contract/catalog.js';
import { formatCount } from '../../../../core/format-count.js';
import { useValues } from '../../../api/catalog.js';

const SAMPLE_SIZE = 6;

interface FieldOptionProps {
  readonly catalog: string;
  readonly field: CatalogField;
  readonly listed: boolean;
  readonly onAdd: () => void;
}

export function FieldOption({ catalog, field, listed, onAdd }: FieldOptionProps) {
  const { ref, inViewport } = useInViewport<HTMLDivElement>();
  const seen = useRef(false);
  seen.current ||= inViewport;
  const { data } = useValues(catalog, field.field, '', seen.current);
  const doubt = doubtOf(field);
  return (
    <Group
      component="li"
      ref={ref}
      wrap="nowrap"
      justify="space-between"
      gap="md"
      py="sm"
      style={{ listStyle: 'none', borderBottom: '1px solid var(--mantine-color-default-border)' }}
    >
      <div style={{ minWidth: 0 }}>
        <Group gap="xs">
          <Text fw={600} size="sm" className="name" style={{ overflowWrap: 'anywhere' }}>
            {field.field}
          </Text>
          {field.type !== 'keyword' && <Badge color="gray">{field.type}</Badge>}
        </Group>
        <Text size="xs" c="dimmed">
          {formatCount(field.distinct, 'value')} on {Math.round(100 * field.coverage)} % of the products
        </Text>
        <Text size="xs" c="dimmed" className="two-lines" mih={18}>
          {data ? samplesOf(data.values.map(({ value }) => value)) : 'Reading samples…'}
        </Text>
        {doubt && (
          <Text size="xs" className="tone-unknown">
            {doubt}
          </Text>
        )}
      </div>
      <Button
        variant="default"
        size="xs"
        flex="none"
        disabled={listed}
        aria-label={`${listed ? 'Added' : 'Add'} ${field.field}`}
        onClick={onAdd}
      >
        {listed ? 'Added' : 'Add'}
      </Button>
    </Group>
  );
}

function samplesOf(values: readonly string[]): string {
  if (values.length === 0) return 'No product has a value.';
  const shown = values.slice(0, SAMPLE_SIZE).join(', ');
  return values.length > SAMPLE_SIZE ? `e.g. ${shown}…` : shown;
}

function doubtOf({ distinct, coverage }: CatalogField): string | null {
  if (distinct < 2) return 'It tells no products apart.';
  return coverage < 0.5 ? 'It says nothing of most products.' : null;
}
