// The main figures of the overview, each with what it refers to.
import { Box, Card, SimpleGrid, Text } from '@mantine/core';
import type { Overview } from '../../../contract/overview.js';
import { type LastHour, millisecondsText, shareText } from './last-hour.js';

interface FigureCardsProps {
  readonly hour: LastHour;
  readonly overview: Overview;
}

export function FigureCards({
  hour,
  overview: { added, cache, coverage, lookups, events },
}: FigureCardsProps) {
  const read = cache.hits + cache.misses;
  const figures = [
    { label: 'Searches', value: hour.searches.toLocaleString('en'), of: 'in the last hour' },
    { label: 'Personalized', value: shareText(hour.applied, hour.searches), of: 'of these' },
    {
      label: 'Known shoppers',
      value: shareText(coverage.known, coverage.searches),
      of: 'of searches with an id found something to go by',
    },
    {
      label: 'Added to a search',
      value: added ? millisecondsText(added.p50) : '–',
      of: added
        ? `half of the hour’s stay under it, 95 of 100 under ${millisecondsText(added.p95)}`
        : 'no search in the last hour',
    },
    {
      label: 'Profiles too late',
      value: shareText(lookups.first.late, lookups.first.searches),
      of: `of shoppers’ first searches, ${shareText(lookups.late, lookups.searches)} of all, went on without`,
    },
    {
      label: 'Profiles from memory',
      value: shareText(cache.hits, read),
      of: `of ${read.toLocaleString('en')} reads since the start`,
    },
    {
      label: 'Events',
      value: events.accepted.toLocaleString('en'),
      of:
        events.rejected === 0
          ? 'accepted since the start'
          : `accepted, ${events.rejected.toLocaleString('en')} rejected since the start`,
    },
  ];
  return (
    <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="md" component="dl" m={0}>
      {figures.map(({ label, value, of }) => (
        <Card key={label} p="md">
          <Text component="dt" size="sm" c="dimmed">
            {label}
          </Text>
          <Box component="dd" m={0}>
            <Text fz={26} fw={650} lh={1.3}>
              {value}
            </Text>
            <Text size="xs" c="dimmed">
              {of}
            </Text>
          </Box>
        </Card>
      ))}
    </SimpleGrid>
  );
}
