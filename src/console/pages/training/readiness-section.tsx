// The readiness of a model's data for a training, check by check: what is missing first, then warnings.
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import type { ReadinessCheck } from '../../../contract/readiness.js';
import { useReadiness } from '../../api/training.js';
import { Failure } from '../../components/feedback/failure.js';
import { Loading } from '../../components/feedback/loading.js';
import { IconCheck, IconStop, IconWarning } from '../../components/icons.js';
import { SectionCard } from '../../components/layout/section-card.js';
import { sentence } from '../../lib/words/sentence.js';

const LOOKS = {
  missing: { tone: 'bad', Icon: IconStop, label: 'Missing' },
  warning: { tone: 'unknown', Icon: IconWarning, label: 'Warning' },
  fine: { tone: 'good', Icon: IconCheck, label: 'Fine' },
} as const;

type Kind = keyof typeof LOOKS;

const ORDER: readonly Kind[] = ['missing', 'warning', 'fine'];

export function ReadinessSection({ id }: { readonly id: string }) {
  const readiness = useReadiness(id);
  const checks = readiness.data?.checks ?? [];
  return (
    <SectionCard
      id="readiness"
      title="Is everything there?"
      description="What your catalog and your events offer this model. What is missing keeps a training from succeeding; a warning does not."
      actions={
        <Group gap="sm">
          {readiness.data && (
            <Badge color={readiness.data.ready ? 'teal' : 'red'}>
              {readiness.data.ready ? 'Ready to train' : 'Not ready'}
            </Badge>
          )}
          <Button
            variant="default"
            size="xs"
            loading={readiness.isFetching}
            onClick={() => void readiness.refetch()}
          >
            Check again
          </Button>
        </Group>
      }
    >
      {readiness.isPending && <Loading what="what the data offers" />}
      {readiness.error && !readiness.data && (
        <Failure title="Readiness cannot be read" error={readiness.error} retry={readiness.refetch} />
      )}
      <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
        {ORDER.flatMap((kind) =>
          checks
            .filter((check) => kindOf(check) === kind)
            .map((check) => (
              <Check key={`${check.name} ${check.path} ${check.message}`} kind={kind} check={check} />
            )),
        )}
      </Stack>
    </SectionCard>
  );
}

function kindOf({ ok, warning }: ReadinessCheck): Kind {
  if (!ok) return 'missing';
  return warning ? 'warning' : 'fine';
}

function Check({ kind, check }: { readonly kind: Kind; readonly check: ReadinessCheck }) {
  const { tone, Icon, label } = LOOKS[kind];
  return (
    <Group component="li" gap="sm" wrap="nowrap" align="flex-start">
      <Text span className={`tone-${tone}`} role="img" aria-label={label} lh={1} mt={2}>
        <Icon size={16} />
      </Text>
      <Text size="sm">{sentence(check.message)}</Text>
    </Group>
  );
}
