// The section for time decay: from when on events count.
import { Group, Select, Text } from '@mantine/core';
import { memo } from 'react';
import { formatCount } from '../../../../core/format-count.js';
import { useEventSummary } from '../../../api/catalog.js';
import { SectionCard } from '../../../components/layout/section-card.js';
import { findingAt } from '../../../lib/model/findings.js';
import { isTimeDecay, TIME_DECAY_WORDS } from '../../../lib/words/time-decay-words.js';
import type { SectionProps } from '../section-props.js';

export const TimeDecaySection = memo(function TimeDecaySection(props: SectionProps<'timeDecay'>) {
  const { value, onEdit, findings, disabled } = props;
  const { data: summary } = useEventSummary();
  const counts = new Map(summary?.windows.map(({ timeDecay, events }) => [String(timeDecay), events]));
  const inWindow = counts.get(value);
  return (
    <SectionCard
      id="time-decay"
      title="Time decay"
      description="How far back memory goes. Short windows follow a change of taste within days; long ones know more about every shopper. What a shopper does right now always counts."
    >
      <Select
        label="Events count from"
        description={`An event is worth half after ${TIME_DECAY_WORDS[value].half}.${
          inWindow === undefined ? '' : ` ${formatCount(inWindow, 'event')} in this window.`
        }`}
        maw={360}
        allowDeselect={false}
        data={Object.entries(TIME_DECAY_WORDS).map(([window, words]) => ({
          value: window,
          label: words.window,
        }))}
        renderOption={({ option }) => (
          <Group justify="space-between" wrap="nowrap" w="100%">
            <Text size="sm">{option.label}</Text>
            {counts.has(option.value) && (
              <Text size="xs" c="dimmed">
                {formatCount(counts.get(option.value) ?? 0, 'event')}
              </Text>
            )}
          </Group>
        )}
        value={value}
        error={findingAt(findings, 'timeDecay')}
        disabled={disabled}
        onChange={(next) => {
          if (isTimeDecay(next)) onEdit('timeDecay', () => next);
        }}
      />
    </SectionCard>
  );
});
