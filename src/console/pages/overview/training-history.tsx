// The latest trainings: when, from how many events, how long each took, and the verdict on its version.
import { Anchor, Badge, Table, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { OverviewTraining } from '../../../contract/overview.js';
import { WideTable } from '../../components/tables/wide-table.js';
import { ago, duration, moment } from '../../lib/words/time-words.js';
import { FALLS_BADGE, VERDICT_BADGES } from '../../lib/words/verdict-words.js';

export function TrainingHistory({ trainings }: { readonly trainings: readonly OverviewTraining[] }) {
  if (trainings.length === 0)
    return <Text c="dimmed">No model was trained yet. Open a model under Personalization and train it.</Text>;
  return (
    <WideTable label="Trainings" minWidth={620}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Version</Table.Th>
          <Table.Th>When</Table.Th>
          <Table.Th>Took</Table.Th>
          <Table.Th ta="right">Events</Table.Th>
          <Table.Th ta="right">Shoppers</Table.Th>
          <Table.Th>Quality</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {trainings.map((training) => (
          <TrainingRow key={`${training.model}@${training.version}`} training={training} />
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

function TrainingRow({ training }: { readonly training: OverviewTraining }) {
  const { model, version, at, seconds, events, people, verdict, lowerOnAll, ndcg } = training;
  const judged = lowerOnAll ? FALLS_BADGE : verdict && VERDICT_BADGES[verdict];
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor component={Link} href={`/personalization/${model}/training`} size="sm" className="name">
          {model} {version}
        </Anchor>
      </Table.Td>
      <Table.Td>
        <span title={moment(at)}>{ago(at, Date.now())}</span>
      </Table.Td>
      <Table.Td>{seconds === null ? '–' : duration(seconds)}</Table.Td>
      <Table.Td ta="right">{events.toLocaleString('en')}</Table.Td>
      <Table.Td ta="right">{people.toLocaleString('en')}</Table.Td>
      <Table.Td>
        {judged ? <Badge color={judged.color}>{judged.words}</Badge> : '–'}
        {ndcg && (
          <Text size="xs" c="dimmed">
            {ndcg.model.toFixed(3)}, OFF {ndcg.off.toFixed(3)}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
