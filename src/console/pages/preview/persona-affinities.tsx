// The affinities of a made-up shopper: values of the models' fields; choosing one again makes it stronger.
import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { PersonaAffinity } from '../../../contract/preview.js';
import { useValues } from '../../api/catalog.js';
import { RemovablePill } from '../../components/inputs/removable-pill.js';

/** How many times as often as all users, by strength. */
const STRENGTH_LABELS = ['', '2×', '4×', '8×', '16×', '32×'];
const MAX_STRENGTH = 5;
const DEFAULT_STRENGTH = 3;
/** Values that are shown as buttons. */
const SHOWN_VALUES = 12;

interface PersonaAffinitiesProps {
  readonly catalog: string;
  readonly fields: readonly string[];
  readonly affinities: readonly PersonaAffinity[];
  readonly onChange: (affinities: readonly PersonaAffinity[]) => void;
}

export function PersonaAffinities({ catalog, fields, affinities, onChange }: PersonaAffinitiesProps) {
  const [chosen, setField] = useState<string | null>(null);
  const field = chosen ?? fields[0] ?? '';
  const [search, setSearch] = useState('');
  const values = useValues(catalog, field, search, field !== '');
  const same = (one: PersonaAffinity, value: string) => one.field === field && one.value === value;

  function addOrStrengthen(value: string) {
    const known = affinities.find((each) => same(each, value));
    const strength = known ? Math.min(MAX_STRENGTH, known.strength + 1) : DEFAULT_STRENGTH;
    onChange([...affinities.filter((each) => each !== known), { field, value, strength }]);
  }

  return (
    <Stack gap="xs" pl="xl">
      {affinities.length > 0 && (
        <Group gap={6} component="ul" m={0} p={0} style={{ listStyle: 'none' }} aria-label="Tastes">
          {affinities.map((affinity) => (
            <li key={`${affinity.field} ${affinity.value}`}>
              <RemovablePill
                removeLabel={`Forget ${affinity.field} ${affinity.value}`}
                onRemove={() => onChange(affinities.filter((each) => each !== affinity))}
              >
                <span className="name">{affinity.value}</span> {STRENGTH_LABELS[affinity.strength]}
              </RemovablePill>
            </li>
          ))}
        </Group>
      )}
      <Select
        label="Tastes by"
        size="xs"
        data={[...fields]}
        value={field}
        searchable
        allowDeselect={false}
        onChange={(next) => {
          setField(next);
          setSearch('');
        }}
      />
      <Select
        aria-label={`Find a value of ${field}`}
        placeholder="Find a value"
        size="xs"
        searchable
        data={(values.data?.values ?? []).map(({ value }) => value)}
        searchValue={search}
        onSearchChange={setSearch}
        value={null}
        onChange={(value) => {
          if (value !== null) addOrStrengthen(value);
          setSearch('');
        }}
      />
      <Group gap={6}>
        {(values.data?.values ?? []).slice(0, SHOWN_VALUES).map(({ value }) => (
          <Button
            key={value}
            size="compact-xs"
            variant="default"
            onClick={() => addOrStrengthen(value)}
            maw="100%"
          >
            <span className="name">{value}</span>
          </Button>
        ))}
      </Group>
      <Text size="xs" c="dimmed">
        Click a value to say that they take it 8 times as often as all shoppers do; again for more.
      </Text>
    </Stack>
  );
}
