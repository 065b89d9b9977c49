// The boosts of a user's search, strongest first, with their profile: values of fields, then single products.
import { Table, Text } from '@mantine/core';
import type { UserBoost } from '../../../contract/user.js';
import { ShowAll } from '../../components/tables/show-all.js';
import { WideTable } from '../../components/tables/wide-table.js';
import { factorText, profileWords, strongestFirst } from '../../lib/words/boost-words.js';

const SHOWN_BOOSTS = 8;
const PRODUCT_WORDS = { buy_again: 'Bought before', related: 'Goes with what they did' } as const;

export function BoostTable({ boosts }: { readonly boosts: readonly UserBoost[] }) {
  const sorted = strongestFirst(boosts);
  if (sorted.length === 0)
    return <Text c="dimmed">Nothing: their searches are answered as without personalization.</Text>;
  return (
    <>
      <Boosts name="Tastes" boosts={sorted.filter(({ product }) => !product)} />
      <Boosts name="Products" boosts={sorted.filter(({ product }) => product)} />
    </>
  );
}

interface BoostsProps {
  readonly name: string;
  readonly boosts: readonly UserBoost[];
}

function Boosts({ name, boosts }: BoostsProps) {
  if (boosts.length === 0) return null;
  return (
    <ShowAll rows={boosts} first={SHOWN_BOOSTS}>
      {(rows) => (
        <WideTable label={name} minWidth={320}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="50%">{name}</Table.Th>
              <Table.Th>Factor</Table.Th>
              <Table.Th>From</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((boost) => (
              <Table.Tr key={JSON.stringify(boost)}>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  <span className="name">{whatOf(boost)}</span>
                  {boost.categories && (
                    <Text size="xs" c="dimmed">
                      in {boost.categories.join(', ')}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>{factorText(boost.factor)}</Table.Td>
                <Table.Td>{profileWords(boost.profile.split('+'))}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </WideTable>
      )}
    </ShowAll>
  );
}

function whatOf({ field, value, range, product, title }: UserBoost): string {
  if (product) return `${PRODUCT_WORDS[product]}: ${title ?? value}`;
  if (!range) return `${field} ${value}`;
  const { gte, lt } = range;
  if (gte === undefined) return `${field} under ${lt}`;
  return lt === undefined ? `${field} from ${gte}` : `${field} ${gte} to ${lt}`;
}
