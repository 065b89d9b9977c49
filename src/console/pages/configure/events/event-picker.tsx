// Picks an event to weigh: suggested from those that arrived, or by its name.
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { EventSummary } from '../../../../contract/event-log.js';
import { canonicalEventName, weightingProblem } from '../../../../core/event/event-names.js';
import { formatCount } from '../../../../core/format-count.js';
import { DialogActions } from '../../../components/dialogs/dialog-actions.js';
import { sentence } from '../../../lib/words/sentence.js';
import { type EventSuggestion, eventSuggestions } from './event-suggestions.js';

const SHOWN_SUGGESTIONS = 50;

interface EventPickerProps {
  /** null where the server does not count events */
  readonly byAction: EventSummary['byAction'] | null;
  readonly listed: readonly string[];
  readonly onAdd: (event: string) => void;
  readonly onClose: () => void;
}

export function EventPicker({ byAction, listed, onAdd, onClose }: EventPickerProps) {
  const [name, setName] = useState('');
  const own = name.trim() && canonicalEventName(name);
  const wrong = own === '' ? null : problemOf(own, listed);
  const suggestions = eventSuggestions(byAction, listed).filter(({ event }) => event.includes(own));

  function submit(event: FormEvent) {
    event.preventDefault();
    if (own === '' || wrong !== null) return;
    onAdd(own);
    onClose();
  }

  return (
    <Modal opened onClose={onClose} title="Add an event">
      <Stack gap="md">
        <form onSubmit={submit}>
          <Group align="flex-end" gap="sm" wrap="nowrap">
            <TextInput
              label="Name"
              description="As your shop sends it in action_name, e.g. store_visit."
              flex={1}
              data-autofocus
              maxLength={100}
              value={name}
              error={wrong}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button type="submit" disabled={own === '' || wrong !== null}>
              Add
            </Button>
          </Group>
          {own !== name.trim() && wrong === null && (
            <Text size="sm" c="dimmed" mt={4}>
              It counts as “{own}”, and is added under that name.
            </Text>
          )}
        </form>
        {suggestions.length > 0 && (
          <div>
            <Text size="sm" fw={600}>
              {byAction ? 'Events your shop sends, and built-in ones' : 'Built-in events'}
            </Text>
            <Stack gap={0} component="ul" m={0} p={0}>
              {suggestions.slice(0, SHOWN_SUGGESTIONS).map((suggestion) => (
                <Suggestion key={suggestion.event} {...suggestion} onAdd={() => onAdd(suggestion.event)} />
              ))}
            </Stack>
          </div>
        )}
        <DialogActions>
          <Button variant="default" onClick={onClose}>
            Done
          </Button>
        </DialogActions>
      </Stack>
    </Modal>
  );
}

/** Names that count as the same event are one: `Store Visit` is `store_visit`. */
function problemOf(event: string, listed: readonly string[]): string | null {
  if (listed.some((each) => canonicalEventName(each) === event)) return `“${event}” is in the list already.`;
  const problem = weightingProblem(event);
  return problem && sentence(`“${event}” ${problem}`);
}

function Suggestion({ event, events, onAdd }: EventSuggestion & { readonly onAdd: () => void }) {
  return (
    <Group
      component="li"
      justify="space-between"
      wrap="nowrap"
      gap="md"
      py="xs"
      style={{ listStyle: 'none', borderBottom: '1px solid var(--mantine-color-default-border)' }}
    >
      <div style={{ minWidth: 0 }}>
        <Text size="sm" className="name" style={{ overflowWrap: 'anywhere' }}>
          {event}
        </Text>
        {events !== null && (
          <Text size="xs" c="dimmed">
            {events === 0 ? 'none arrived so far' : `${formatCount(events, 'event')} arrived in all`}
            {event === 'click' && ': views, until it is listed'}
          </Text>
        )}
      </div>
      <Button variant="default" size="xs" flex="none" aria-label={`Add ${event}`} onClick={onAdd}>
        Add
      </Button>
    </Group>
  );
}
