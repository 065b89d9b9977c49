// Changed settings as a table: what, before, after.
import { Table, Text } from '@mantine/core';
import type { ModelChange } from '../../../core/model/model-changes.js';
import { changeWords } from '../../lib/words/setting-words.js';

interface ChangesTableProps {
  /** read by screen readers */
  readonly caption: string;
  readonly changes: readonly ModelChange[];
  /** paths to point out */
  readonly marked?: ReadonlySet<string>;
  readonly headings?: readonly [before: string, after: string];
}

export function ChangesTable({
  caption,
  changes,
  marked,
  headings = ['Before', 'After'],
}: ChangesTableProps) {
  return (
    <Table verticalSpacing={6} fz="sm" layout="fixed" captionSide="top">
      <caption className="mantine-visually-hidden" style={{ position: 'absolute', clip: 'rect(0 0 0 0)' }}>
        {caption}
      </caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w="50%">Setting</Table.Th>
          <Table.Th>{headings[0]}</Table.Th>
          <Table.Th>{headings[1]}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map((change) => {
          const { what, before, after } = changeWords(change);
          return (
            <Table.Tr
              key={change.path}
              bg={marked?.has(change.path) ? 'var(--mantine-color-yellow-light)' : undefined}
            >
              <Table.Td>
                <Text size="sm" className="name" style={{ overflowWrap: 'anywhere' }}>
                  {what}
                </Text>
              </Table.Td>
              <Table.Td c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                {before}
              </Table.Td>
              <Table.Td fw={600} style={{ overflowWrap: 'anywhere' }}>
                {after}
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
