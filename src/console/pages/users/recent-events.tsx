// The latest events of a user, newest first.
import { Table, Text } from '@mantine/core';
import type { StoredEvent } from '../../../contract/event-log.js';
import { ShowAll } from '../../components/tables/show-all.js';
import { WideTable } from '../../components/tables/wide-table.js';
import { ago, moment } from '../../lib/words/time-words.js';

const SHOWN_EVENTS = 10;

interface RecentEventsProps {
  readonly events: readonly StoredEvent[];
  /** of products, by id */
  readonly titles: Readonly<Record<string, string>>;
}

export function RecentEvents({ events, titles }: RecentEventsProps) {
  if (events.length === 0) return <Text c="dimmed">No event of theirs is stored.</Text>;
  return (
    <ShowAll rows={events} first={SHOWN_EVENTS}>
      {(rows) => (
        <WideTable label="Latest events" minWidth={320}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Event</Table.Th>
              <Table.Th>On</Table.Th>
              <Table.Th>When</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((event, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two events can be identical
              <Table.Tr key={index}>
                <Table.Td className="name">{event.action_name}</Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }} className="name">
                  <On event={event} titles={titles} />
                </Table.Td>
                <Table.Td>
                  {event.timestamp && (
                    <span title={moment(event.timestamp)}>{ago(event.timestamp, Date.now())}</span>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </WideTable>
      )}
    </ShowAll>
  );
}

/** The product, by its title where the catalog has one, or the words of the search. */
function On({ event, titles }: { readonly event: StoredEvent } & Pick<RecentEventsProps, 'titles'>) {
  const id = event.event_attributes?.object?.object_id;
  if (id === undefined) return event.user_query ?? '';
  const title = Object.hasOwn(titles, id) ? titles[id] : undefined;
  if (title === undefined) return id;
  return (
    <>
      {title}{' '}
      <Text span size="xs" c="dimmed">
        {id}
      </Text>
    </>
  );
}
