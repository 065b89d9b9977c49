// Who searches: a sample shopper with tastes in words, anyone by id, a made-up one, or nobody known.

import { Anchor, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { Link } from 'wouter';
import { formatCount } from '../../../core/format-count.js';
import { usePeople } from '../../api/people.js';
import { Failure } from '../../components/feedback/failure.js';
import { Loading } from '../../components/feedback/loading.js';
import type { Identity } from '../../lib/preview/preview-address.js';
import { PersonaAffinities } from './persona-affinities.js';

const SAMPLE = 6;
const TYPING_MS = 400;

interface IdentityChoiceProps {
  readonly catalog: string;
  readonly fields: readonly string[];
  readonly who: Identity;
  readonly onChange: (who: Identity) => void;
}

export function IdentityChoice({ catalog, fields, who, onChange }: IdentityChoiceProps) {
  const people = usePeople('', SAMPLE);
  const sample = people.data ?? [];
  const sampled = who.kind === 'user' && sample.some(({ user_id }) => user_id === who.id);
  const [typed, setTyped] = useState(who.kind === 'user' ? who.id : '');
  const [byId, setById] = useState(false);
  const choose = useDebouncedCallback((id: string) => {
    if (id !== '') onChange({ kind: 'user', id });
  }, TYPING_MS);
  const chosen = who.kind === 'user' ? (sampled && !byId ? `user ${who.id}` : 'id') : who.kind;

  function change(value: string) {
    setById(value === 'id');
    if (value === 'nobody') onChange({ kind: 'nobody' });
    else if (value === 'made') onChange({ kind: 'made', affinities: [] });
    else if (value === 'id') choose(typed.trim());
    else onChange({ kind: 'user', id: value.slice('user '.length) });
  }

  return (
    <Stack gap="sm">
      {people.isPending && <Loading what="sample shoppers" />}
      {people.error && (
        <Failure title="Shoppers cannot be read" error={people.error} retry={people.refetch} />
      )}
      <Radio.Group value={byId ? 'id' : chosen} onChange={change} aria-label="Shopper">
        <Stack gap="xs">
          {sample.map(({ user_id: id, words, events }) => (
            <Radio
              key={id}
              value={`user ${id}`}
              label={<span className="name">{words || id}</span>}
              description={`${id} · ${formatCount(events, 'event')}`}
            />
          ))}
          <Radio value="id" label="A shopper by their id" />
          {(byId || chosen === 'id') && (
            <TextInput
              aria-label="Shopper’s id"
              placeholder="e.g. 2314"
              maxLength={256}
              value={typed}
              onChange={(event) => {
                setTyped(event.currentTarget.value);
                choose(event.currentTarget.value.trim());
              }}
            />
          )}
          <Radio value="made" label="A made-up shopper" description="You pick their tastes" />
          {who.kind === 'made' && (
            <PersonaAffinities
              catalog={catalog}
              fields={fields}
              affinities={who.affinities}
              onChange={(affinities) => onChange({ kind: 'made', affinities })}
            />
          )}
          <Radio
            value="nobody"
            label="An unknown shopper"
            description="Click products to give them a session"
          />
        </Stack>
      </Radio.Group>
      {who.kind === 'user' && (
        <Text size="sm">
          <Anchor component={Link} href={`/people/${encodeURIComponent(who.id)}`}>
            All that is known of <span className="name">{who.id}</span>
          </Anchor>
        </Text>
      )}
    </Stack>
  );
}
