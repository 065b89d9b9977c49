// The affinities of a user in one field: a bar for each profile and value, beside the population's.
import { Box, Text, Title } from '@mantine/core';
import type { FieldAffinities, ValueAffinity } from '../../../contract/user.js';
import { formatCount } from '../../../core/format-count.js';
import { ShowAll } from '../../components/tables/show-all.js';
import { factorText } from '../../lib/words/boost-words.js';
import { shareText, sureWords } from '../../lib/words/taste-words.js';

const PROFILES = [
  { name: 'individual', label: 'History', color: 'var(--mantine-color-indigo-6)' },
  { name: 'session', label: 'This session', color: 'var(--mantine-color-teal-6)' },
  { name: 'group', label: 'Shoppers like them', color: 'var(--mantine-color-grape-5)' },
  { name: 'population', label: 'All shoppers', color: 'var(--mantine-color-gray-5)' },
] as const;

const SHOWN_VALUES = 5;

export function AffinityBars({ field: { field, values } }: { readonly field: FieldAffinities }) {
  const used = PROFILES.filter(({ name }) => values.some((value) => value[name] > 0));
  const most = Math.max(...values.flatMap((value) => PROFILES.map(({ name }) => value[name])));
  return (
    <section aria-label={field}>
      <Title order={3} size="h6" className="name" style={{ overflowWrap: 'anywhere' }}>
        {field}
      </Title>
      <Text size="xs" c="dimmed" component="div" className="bar-legend">
        {used.map(({ name, label, color }) => (
          <span key={name}>
            <Box component="span" className="bar-swatch" bg={color} /> {label}
          </span>
        ))}
      </Text>
      <ShowAll rows={values} first={SHOWN_VALUES}>
        {(rows) => (
          <dl className="field-bars">
            {rows.map((value) => (
              <ValueBars key={value.value} value={value} used={used} most={most} />
            ))}
          </dl>
        )}
      </ShowAll>
    </section>
  );
}

interface ValueBarsProps {
  readonly value: ValueAffinity;
  readonly used: readonly (typeof PROFILES)[number][];
  readonly most: number;
}

function ValueBars({ value, used, most }: ValueBarsProps) {
  return (
    <div className="value-bars">
      <Text component="dt" size="sm" className="name two-lines" title={value.value}>
        {value.value}
      </Text>
      <dd>
        {used.map(({ name, label, color }) => (
          <div key={name} className="bar-line">
            <Box className="bar" bg={color} w={`${most > 0 ? (70 * value[name]) / most : 0}%`} />
            <Text span size="xs" c="dimmed">
              <span className="visually-hidden">{label}: </span>
              {shareText(value[name])}
            </Text>
          </div>
        ))}
      </dd>
      <dd className={value.taste >= 1 ? 'tone-good' : 'tone-bad'}>
        <Text span size="sm" fw={600}>
          {factorText(value.taste)}
        </Text>
        {value.events !== null && (
          <Text size="xs" c="dimmed">
            {sureWords(value.events)} {formatCount(value.events, 'event')}
          </Text>
        )}
      </dd>
    </div>
  );
}
