// Causes that are switched off in a preview, to see at once what they do: reasons of products, and whole profiles.
import { Chip, Group, Text } from '@mantine/core';
import { createContext } from 'react';
import type { PreviewCause } from '../../../contract/preview.js';
import { RemovablePill } from '../../components/inputs/removable-pill.js';
import { profileWords } from '../../lib/words/boost-words.js';

/** Switches a cause off in all lists of the preview, to see what becomes of a product. */
export const SwitchOff = createContext<(cause: PreviewCause, product: string) => void>(() => {});

const PROFILES = ['individual', 'session', 'group'] as const;
const PRODUCT_WORDS = { buy_again: 'bought before', related: 'goes with what they did' } as const;

interface SwitchedOffProps {
  readonly causes: readonly PreviewCause[];
  readonly onChange: (causes: readonly PreviewCause[]) => void;
}

export function SwitchedOff({ causes, onChange }: SwitchedOffProps) {
  const isOff = (profile: string) => causes.some((cause) => 'profile' in cause && cause.profile === profile);
  return (
    <Group gap={6} mt="xs" role="group" aria-label="What counts in this preview">
      <Text size="sm" c="dimmed">
        Counts here:
      </Text>
      {PROFILES.map((profile) => (
        <Chip
          key={profile}
          size="xs"
          checked={!isOff(profile)}
          onChange={(on) =>
            onChange(
              on
                ? causes.filter((cause) => !('profile' in cause) || cause.profile !== profile)
                : [...causes, { profile }],
            )
          }
        >
          {profileWords([profile])}
        </Chip>
      ))}
      {causes.map((cause) =>
        'profile' in cause ? null : (
          <RemovablePill
            key={JSON.stringify(cause)}
            removeLabel={`Count ${nameOf(cause)} again`}
            onRemove={() => onChange(causes.filter((each) => each !== cause))}
          >
            <span className="name">without “{nameOf(cause)}”</span>
          </RemovablePill>
        ),
      )}
    </Group>
  );
}

export function nameOf(cause: PreviewCause): string {
  if ('profile' in cause) return profileWords([cause.profile]);
  return 'field' in cause ? cause.field : PRODUCT_WORDS[cause.product];
}
