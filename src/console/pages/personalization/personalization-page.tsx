// The first page: the switch that turns personalization on and off, and the models.
import { Alert, List, Stack } from '@mantine/core';
import { useModels } from '../../api/models.js';
import { useAudit, useSession } from '../../api/session.js';
import { Failure } from '../../components/feedback/failure.js';
import { Loading } from '../../components/feedback/loading.js';
import { IconWarning } from '../../components/icons.js';
import { Page } from '../../components/layout/page.js';
import { ModelSlots } from './model-slots.js';
import { OnOffCard } from './on-off-card.js';

export function PersonalizationPage() {
  const models = useModels();
  const { data: entries } = useAudit();
  const { data: session } = useSession();
  return (
    <Page
      title="Personalization"
      description="Turn it on or off, and choose which of your models ranks the searches of your shoppers."
    >
      <StartWarnings lines={session?.warnings ?? []} />
      <OnOffCard active={models.data?.find(({ activeVersion }) => activeVersion !== null) ?? null} />
      <Stack gap="md">
        {models.isPending && <Loading what="the models" />}
        {models.error && !models.data && (
          <Failure title="The models cannot be read" error={models.error} retry={models.refetch} />
        )}
        {models.data && (
          <ModelSlots models={models.data} entries={entries ?? []} own={session?.actor ?? null} />
        )}
      </Stack>
    </Page>
  );
}

/** Warnings of this Kindred's start, for its operator. */
function StartWarnings({ lines }: { readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <Alert color="yellow" title="For whoever runs Kindred" icon={<IconWarning />}>
      <List size="sm">
        {lines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </Alert>
  );
}
