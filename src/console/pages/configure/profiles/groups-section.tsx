// The section for groups: cohorts of users with the same attributes, or of users with similar affinities.
import { Group, MultiSelect, Radio, Stack, TagsInput, Text } from '@mantine/core';
import { memo } from 'react';
import { formatCount } from '../../../../core/format-count.js';
import { useCustomerFields } from '../../../api/catalog.js';
import { SectionCard } from '../../../components/layout/section-card.js';
import { findingUnder } from '../../../lib/model/findings.js';
import type { SectionProps } from '../section-props.js';

interface GroupsSectionProps extends SectionProps<'group'> {
  readonly catalog: string;
  /** whether the group profile is on */
  readonly used: boolean;
}

const KINDS = [
  {
    by: 'demographic',
    label: 'Shoppers with the same attributes',
    text: 'e.g. age and income. Speaks for every shopper whose attributes are known, also before their first event.',
  },
  {
    by: 'behavioral',
    label: 'Shoppers who like the same things',
    text: 'Training finds the tastes. Speaks for every shopper with history, and for new ones from their first click on.',
  },
] as const;

export const GroupsSection = memo(function GroupsSection(props: GroupsSectionProps) {
  const { value, onEdit, findings, disabled, catalog, used } = props;
  return (
    <SectionCard
      id="groups"
      title="Groups"
      description={
        used
          ? 'Who is alike, for the group profile.'
          : 'Of no effect while the group profile is switched off.'
      }
    >
      <Radio.Group
        aria-label="Who is alike"
        value={value.by}
        onChange={(by) =>
          onEdit('group', (group) => ({ ...group, by: by === 'behavioral' ? 'behavioral' : 'demographic' }))
        }
      >
        <Stack gap="xs">
          {KINDS.map(({ by, label, text }) => (
            <Radio.Card key={by} value={by} p="sm" radius="md" aria-label={label} disabled={disabled}>
              <Group wrap="nowrap" align="flex-start" gap="sm">
                <Radio.Indicator mt={2} />
                <div>
                  <Text fw={600} size="sm">
                    {label}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {text}
                  </Text>
                </div>
              </Group>
            </Radio.Card>
          ))}
        </Stack>
      </Radio.Group>
      {value.by === 'demographic' && (
        <Attributes
          catalog={catalog}
          value={value.attributes}
          error={findingUnder(findings, 'group.attributes')}
          disabled={disabled}
          onChange={(attributes) => onEdit('group', (group) => ({ ...group, attributes }))}
        />
      )}
    </SectionCard>
  );
});

interface AttributesProps {
  readonly catalog: string;
  readonly value: readonly string[];
  readonly error: string | null;
  readonly disabled: boolean;
  readonly onChange: (attributes: string[]) => void;
}

function Attributes({ catalog, value, error, disabled, onChange }: AttributesProps) {
  const { data: fields } = useCustomerFields(catalog);
  const shared = {
    label: 'Attributes of customers',
    value: [...value],
    error,
    disabled,
    onChange,
  };
  if (!fields || fields.length === 0)
    return (
      <TagsInput
        {...shared}
        description="No customers with attributes are loaded for this catalog. Names can be entered all the same."
        placeholder="Write a name and press Enter"
      />
    );
  const known = new Map(fields.map((each) => [each.field, each]));
  return (
    <MultiSelect
      {...shared}
      description="Shoppers who share all of them are one group: take few."
      searchable
      data={[...new Set([...known.keys(), ...value])]}
      renderOption={({ option }) => {
        const field = known.get(option.value);
        return (
          <Group justify="space-between" wrap="nowrap" gap="md" w="100%">
            <Text size="sm" className="name">
              {option.label}
            </Text>
            {field && (
              <Text size="xs" c="dimmed">
                {formatCount(field.distinct, 'value')}, known of {Math.round(100 * field.coverage)} % of your
                shoppers
              </Text>
            )}
          </Group>
        );
      }}
      nothingFoundMessage="No attribute contains this."
    />
  );
}
