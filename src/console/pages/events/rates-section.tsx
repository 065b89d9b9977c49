// Events of the last hour by name, minute by minute.
import { Table, Text } from '@mantine/core';
import type { EventRate } from '../../../contract/event-feed.js';
import { SectionCard } from '../../components/layout/section-card.js';
import { WideTable } from '../../components/tables/wide-table.js';

export function RatesSection({ rates }: { readonly rates: readonly EventRate[] }) {
  return (
    <SectionCard id="rates" title="Last hour">
      {rates.length === 0 ? (
        <Text c="dimmed">No event in the last hour.</Text>
      ) : (
        <WideTable label="Events of the last hour" minWidth={320}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Event</Table.Th>
              <Table.Th>Accepted</Table.Th>
              <Table.Th>Rejected</Table.Th>
              <Table.Th visibleFrom="sm">By minute</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rates.map(({ action, perMinute, rejected }) => (
              <Table.Tr key={action}>
                <Table.Td style={{ overflowWrap: 'anywhere' }} className="name">
                  {action}
                </Table.Td>
                <Table.Td>{sum(perMinute).toLocaleString('en')}</Table.Td>
                <Table.Td className={sum(rejected) > 0 ? 'tone-bad' : undefined}>
                  {sum(rejected).toLocaleString('en')}
                </Table.Td>
                <Table.Td visibleFrom="sm">
                  <Spark minutes={perMinute.map((count, minute) => count + (rejected[minute] ?? 0))} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </WideTable>
      )}
    </SectionCard>
  );
}

/** Sixty bars, one a minute; the table has the totals as text. */
function Spark({ minutes }: { readonly minutes: readonly number[] }) {
  const most = Math.max(1, ...minutes);
  return (
    <svg width={120} height={20} aria-hidden="true" className="spark">
      {minutes.map((count, minute) => {
        const height = count === 0 ? 0 : Math.max(1, (20 * count) / most);
        // biome-ignore lint/suspicious/noArrayIndexKey: a minute has no other key
        return <rect key={minute} x={2 * minute} y={20 - height} width={1.5} height={height} />;
      })}
    </svg>
  );
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
