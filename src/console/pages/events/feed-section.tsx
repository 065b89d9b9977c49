// The feed of received events, newest first: it can be paused, and filtered by outcome and name.
import { Badge, Button, Code, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FeedEvent } from '../../../contract/event-feed.js';
import type { Feed } from '../../api/events.js';
import { Failure } from '../../components/feedback/failure.js';
import { SectionCard } from '../../components/layout/section-card.js';
import { sentence } from '../../lib/words/sentence.js';
import { moment } from '../../lib/words/time-words.js';
import { nameOf, partsOf } from './event-words.js';

const SHOWN_EVENTS = 100;

interface FeedSectionProps {
  readonly feed: Feed;
  readonly paused: boolean;
  readonly onPause: (paused: boolean) => void;
}

export function FeedSection({ feed: { events, error }, paused, onPause }: FeedSectionProps) {
  const [which, setWhich] = useState('all');
  const [name, setName] = useState('');
  const wanted = name.trim().toLowerCase();
  const found = events.filter(
    (each) =>
      (which === 'all' || each.accepted === (which === 'accepted')) &&
      nameOf(each.event).toLowerCase().includes(wanted),
  );
  return (
    <SectionCard
      id="feed"
      title="As they arrive"
      description="The latest events of this process."
      actions={
        <Button size="xs" variant="default" onClick={() => onPause(!paused)}>
          {paused ? 'Go on' : 'Pause'}
        </Button>
      }
    >
      <Group gap="sm">
        <SegmentedControl
          aria-label="Which events"
          size="xs"
          value={which}
          onChange={setWhich}
          data={[
            { value: 'all', label: 'All' },
            { value: 'accepted', label: 'Accepted' },
            { value: 'rejected', label: 'Rejected' },
          ]}
        />
        <TextInput
          size="xs"
          aria-label="Only events named"
          placeholder="Only events named…"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Group>
      {error !== null && <Failure title="The feed cannot be read; it goes on by itself" error={error} />}
      {found.length === 0 && (
        <Text c="dimmed">
          {events.length === 0
            ? 'Nothing arrived since this Kindred started. Send an event as shown below; it appears here within seconds.'
            : 'None of the latest events is like this.'}
        </Text>
      )}
      <Stack gap={0} component="ol" m={0} p={0} aria-label="Events" style={{ listStyle: 'none' }}>
        {found.slice(0, SHOWN_EVENTS).map((each, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows stay and change what they say, so that nothing jumps
          <FeedRow key={row} fed={each} />
        ))}
      </Stack>
    </SectionCard>
  );
}

function FeedRow({ fed }: { readonly fed: FeedEvent }) {
  const { at, accepted, event } = fed;
  const errors = fed.accepted ? [] : fed.errors;
  const { title = undefined, warnings = [] } = fed.accepted ? fed : {};
  return (
    <li className="feed-row">
      <Text size="xs" c="dimmed" title={moment(at)} ff="monospace">
        {at.slice(11, 19)}
      </Text>
      <Badge color={accepted ? 'teal' : 'red'}>{accepted ? 'accepted' : 'rejected'}</Badge>
      <div style={{ minWidth: 0 }}>
        <Text size="sm" fw={600} className="name">
          {nameOf(event)}
        </Text>
        <Text size="xs" c="dimmed" className="name" style={{ overflowWrap: 'anywhere' }}>
          {partsOf(event, title).join(' · ')}
        </Text>
        {warnings.map(({ path, message }) => (
          <Text key={path} size="sm" className="tone-unknown">
            {sentence(message)}
          </Text>
        ))}
        {errors.map(({ path, message }) => (
          <Text key={`${path} ${message}`} size="sm" className="tone-bad">
            {path && <Code>{path}</Code>} {message}
          </Text>
        ))}
      </div>
    </li>
  );
}
