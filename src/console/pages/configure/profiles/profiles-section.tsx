// The section for profiles: a switch for each source of affinities, and how many users it reaches today.
import { Stack, Switch } from '@mantine/core';
import { memo } from 'react';
import type { Reach } from '../../../../contract/profile-reach.js';
import { formatCount } from '../../../../core/format-count.js';
import { useReach } from '../../../api/catalog.js';
import { SectionCard } from '../../../components/layout/section-card.js';
import { findingAt, findingUnder } from '../../../lib/model/findings.js';
import type { SectionProps } from '../section-props.js';

interface ProfilesSectionProps extends SectionProps<'profiles'> {
  readonly modelId: string;
}

const SWITCHES = [
  {
    key: 'individual',
    label: 'Individual profile',
    sentence: 'Everything a shopper did inside the time decay.',
    reach: ({ individual, people }: Reach) => historyWords(individual, people),
  },
  {
    key: 'inSession',
    label: 'In-session profile',
    sentence: 'What happens right now, also with unknown shoppers, from their first click on.',
    reach: ({ session }: Reach) =>
      session.active_visits === 1
        ? '1 session is going on.'
        : `${count(session.active_visits)} sessions are going on.`,
  },
  {
    key: 'sessionProfile',
    label: 'Tastes of the session',
    sentence:
      'Clicks, carts and searches of the session count as tastes. Without it only related products follow the session.',
    reach: null,
  },
  {
    key: 'group',
    label: 'Group profile',
    sentence: 'Shoppers who are alike speak for one of whom little is known.',
    reach: ({ group, people }: Reach) => groupWords(group, people),
  },
] as const;

export const ProfilesSection = memo(function ProfilesSection(props: ProfilesSectionProps) {
  const { value, onEdit, findings, disabled, modelId } = props;
  const { data: reach } = useReach(modelId);
  return (
    <SectionCard
      id="profiles"
      title="Profiles"
      description="Who may speak for a shopper. All evidence is added up; what a shopper did themselves outweighs the group the more of it there is."
      error={findingAt(findings, 'profiles')}
    >
      <Stack gap="lg">
        {SWITCHES.map(({ key, label, sentence, reach: words }) => (
          <Switch
            key={key}
            label={label}
            // Without it, the description would be part of the accessible name.
            aria-label={label}
            description={`${sentence}${reach && words ? ` ${words(reach)}` : ''}`}
            ml={key === 'sessionProfile' ? 'xl' : undefined}
            checked={value[key]}
            disabled={disabled || (key === 'sessionProfile' && !value.inSession)}
            error={findingUnder(findings, `profiles.${key}`)}
            onChange={(event) => {
              const { checked } = event.currentTarget;
              onEdit('profiles', (profiles) => ({ ...profiles, [key]: checked }));
            }}
          />
        ))}
      </Stack>
    </SectionCard>
  );
});

/** The window of the settings may be shorter than that of the training: then fewer have events that count. */
function historyWords(reached: number | null, users: number): string {
  const counted = `${formatCount(users, 'shopper')} ${users === 1 ? 'has' : 'have'} events that count`;
  if (reached === null) return `${counted}: a training makes their histories.`;
  return `${counted}; in the trained version, ${formatCount(reached, 'shopper')} ${reached === 1 ? 'has' : 'have'} a history.`;
}

/** A user with attributes has a group before their first event, so that more users can have one than have events. */
function groupWords(reached: number | null, users: number): string {
  if (reached === null) return 'A training forms the groups.';
  const all = reached > users ? '' : ` of ${count(users)}`;
  return `Today ${count(reached)}${all} shoppers ${reached === 1 ? 'has' : 'have'} a group.`;
}

function count(value: number): string {
  return value.toLocaleString('en');
}
