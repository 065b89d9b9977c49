// Who searches in the preview: a sample user with affinities in words, a user by id, a persona, or a visitor.
import { Anchor, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { Link } from 'wouter';
import { formatCount } from '../../../core/format-count.js';
import { SAMPLE_SIZE, useUsers } from '../../api/users.js';
import { Failure } from '../../components/feedback/failure.js';
import { Loading } from '../../components/feedback/loading.js';
import type { Identity } from '../../lib/preview/preview-address.js';
import { PersonaAffinities } from './persona-affinities.js';

const TYPING_MS = 400;

interface IdentityChoiceProps {
  readonly catalog: string;
  readonly fields: readonly string[];
  readonly identity: Identity;
  readonly onChange: (identity: Identity) => void;
}

export function IdentityChoice({ catalog, fields, identity, onChange }: IdentityChoiceProps) {
  const users = useUsers('', SAMPLE_SIZE);
  const sample = users.data ?? [];
  const sampled = identity.kind === 'user' && sample.some(({ user_id }) => user_id === identity.id);
  const [typed, setTyped] = useState(identity.kind === 'user' ? identity.id : '');
  const [byId, setById] = useState(false);
  const choose = useDebouncedCallback((id: string) => {
    if (id !== '') onChange({ kind: 'user', id });
  }, TYPING_MS);
  const chosen = identity.kind === 'user' ? (sampled && !byId ? `user ${identity.id}` : 'id') : identity.kind;

  function change(value: string) {
    setById(value === 'id');
    if (value === 'visitor') onChange({ kind: 'visitor' });
    else if (value === 'persona') onChange({ kind: 'persona', affinities: [] });
    else if (value === 'id') choose(typed.trim());
    else onChange({ kind: 'user', id: value.slice('user '.length) });
  }

  return (
    <Stack gap="sm">
      {users.isPending && <Loading what="sample shoppers" />}
      {users.error && <Failure title="Shoppers cannot be read" error={users.error} retry={users.refetch} />}
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
          <Radio value="persona" label="A made-up shopper" description="You pick their tastes" />
          {identity.kind === 'persona' && (
            <PersonaAffinities
              catalog={catalog}
              fields={fields}
              affinities={identity.affinities}
              onChange={(affinities) => onChange({ kind: 'persona', affinities })}
            />
          )}
          <Radio
            value="visitor"
            label="An unknown shopper"
            description="Click products to give them a session"
          />
        </Stack>
      </Radio.Group>
      {identity.kind === 'user' && (
        <Text size="sm">
          <Anchor component={Link} href={`/people/${encodeURIComponent(identity.id)}`}>
            All that is known of <span className="name">{identity.id}</span>
          </Anchor>
        </Text>
      )}
    </Stack>
  );
}
