// A list of weights that must total 100: sliders and numbers, the running total, and a button that balances the rest.
import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import { balanceRest, leftOf, leftWords, totalOf, type Weighed } from '../../lib/model/balance-weights.js';
import { WeightRow } from './weight-row.js';

interface WeightListProps {
  /** what is weighed, e.g. `Affinity fields` */
  readonly label: string;
  readonly rows: readonly Weighed[];
  readonly onChange: (rows: Weighed[]) => void;
  /** a few words on a name, e.g. how many products have a value */
  readonly noteOf?: (name: string) => ReactNode;
  /** the server's finding about a row */
  readonly findingOf?: (index: number) => string | null;
  readonly disabled: boolean;
  /** beside the total, e.g. a button that adds */
  readonly children?: ReactNode;
}

export function WeightList({
  label,
  rows,
  onChange,
  noteOf,
  findingOf,
  disabled,
  children,
}: WeightListProps) {
  // Weights that were set by hand are kept when the rest is balanced.
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const latest = useRef({ rows, onChange });
  latest.current = { rows, onChange };

  const setWeight = useCallback((name: string, weight: number) => {
    setKept((names) => new Set(names).add(name));
    const now = latest.current;
    now.onChange(now.rows.map((row) => (row.name === name ? { name, weight } : row)));
  }, []);
  const remove = useCallback((name: string) => {
    const now = latest.current;
    now.onChange(now.rows.filter((row) => row.name !== name));
  }, []);

  const left = leftWords(rows);
  return (
    <Stack gap="md" role="group" aria-label={label}>
      {rows.map(({ name, weight }, index) => (
        <WeightRow
          key={name}
          name={name}
          weight={weight}
          note={noteOf?.(name)}
          finding={findingOf?.(index) ?? null}
          disabled={disabled}
          onWeight={setWeight}
          onRemove={remove}
        />
      ))}
      {rows.length > 1 && (
        <Text size="xs" c="dimmed">
          Raising one does not take from the others: “Balance the rest” does, and keeps what you set.
        </Text>
      )}
      <Group justify="space-between" gap="sm">
        <Group gap="sm" flex="1 1 220px" wrap="nowrap">
          <Progress
            value={Math.min(100, totalOf(rows))}
            color={left === null ? 'teal' : leftOf(rows) > 0 ? 'yellow' : 'red'}
            flex={1}
            maw={180}
            aria-label={`${label}: total of the weights`}
          />
          <Text size="sm" role="status" fw={600} style={{ whiteSpace: 'nowrap' }}>
            Total {totalOf(rows)} of 100{left === null ? '' : `: ${left}`}
          </Text>
        </Group>
        <Group gap="sm">
          {left !== null && rows.length > 0 && (
            <Button
              variant="light"
              size="sm"
              disabled={disabled}
              onClick={() => onChange(balanceRest(rows, kept))}
            >
              Balance the rest
            </Button>
          )}
          {children}
        </Group>
      </Group>
    </Stack>
  );
}
