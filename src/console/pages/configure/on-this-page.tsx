// Links to the sections of the configure page; those with a finding or with weights that do not total 100 are marked.
import { Anchor, Box, Stack, Text } from '@mantine/core';
import type { Finding } from '../../../core/errors.js';
import type { Model } from '../../../core/model/model.js';
import { leftOf } from '../../lib/model/balance-weights.js';
import { findingUnder } from '../../lib/model/findings.js';

interface OnThisPageProps {
  readonly config: Model;
  readonly findings: readonly Finding[];
}

export function OnThisPage({ config, findings }: OnThisPageProps) {
  return (
    <Box
      component="nav"
      aria-label="On this page"
      visibleFrom="md"
      pos="sticky"
      top={88}
      style={{ alignSelf: 'start' }}
    >
      <Stack gap={8}>
        <Text size="xs" c="dimmed" fw={600}>
          On this page
        </Text>
        {sectionsOf(config, findings).map(({ id, label, marked }) => (
          <Anchor key={id} href={`#${id}`} size="sm" c="var(--mantine-color-text)">
            {label}
            {marked && (
              <Text span size="sm" c="var(--mantine-color-error)" aria-label="needs attention">
                {' '}
                •
              </Text>
            )}
          </Anchor>
        ))}
      </Stack>
    </Box>
  );
}

interface SectionLink {
  /** of the section's heading */
  readonly id: string;
  readonly label: string;
  readonly marked?: boolean;
}

function sectionsOf(config: Model, findings: readonly Finding[]): SectionLink[] {
  const refused = (path: string) => findingUnder(findings, path) !== null;
  return [
    { id: 'name', label: 'Name', marked: refused('name') },
    { id: 'presets', label: 'Presets' },
    {
      id: 'affinity-fields',
      label: 'Affinity fields',
      marked: refused('globalAffinityFields') || leftOf(config.globalAffinityFields) !== 0,
    },
    {
      id: 'category-overrides',
      label: 'Category overrides',
      marked:
        refused('categoryOverrides') ||
        config.categoryOverrides.some(({ fields }) => fields.length > 0 && leftOf(fields) !== 0),
    },
    { id: 'profiles', label: 'Profiles', marked: refused('profiles') },
    { id: 'groups', label: 'Groups', marked: refused('group') },
    { id: 'products', label: 'Buy again, related', marked: refused('products') },
    {
      id: 'events',
      label: 'Event weights',
      marked: refused('eventWeights') || leftOf(config.eventWeights) !== 0,
    },
    { id: 'time-decay', label: 'Time decay', marked: refused('timeDecay') },
    { id: 'impact', label: 'Impact', marked: refused('impact') },
  ];
}
