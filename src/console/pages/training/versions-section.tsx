// The versions of a model that are kept: the verdict on each, what changed from one to the next, and rolling back.
import { Anchor, Badge, Button, Collapse, Group, Paper, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import type { ModelView } from '../../../contract/model.js';
import type { VersionView } from '../../../contract/version.js';
import { formatCount } from '../../../core/format-count.js';
import { rollBack, useVersions } from '../../api/models.js';
import { refreshModels } from '../../api/query-client.js';
import { useMayEdit } from '../../api/session.js';
import { ConfirmDialog } from '../../components/dialogs/confirm-dialog.js';
import { Failure } from '../../components/feedback/failure.js';
import { Loading } from '../../components/feedback/loading.js';
import { notifyDone } from '../../components/feedback/notify.js';
import { SectionCard } from '../../components/layout/section-card.js';
import { QualityVerdict } from '../../components/model/quality-verdict.js';
import { ChangesTable } from '../../components/tables/changes-table.js';
import { moment } from '../../lib/words/time-words.js';

export function VersionsSection({ model }: { readonly model: ModelView }) {
  const versions = useVersions(model.id);
  const [chosen, setChosen] = useState<VersionView | null>(null);
  return (
    <SectionCard
      id="versions"
      title="Versions"
      description="The two newest are kept, and those that are saved or active. Rolling back takes the settings and the profiles of one back, at once."
    >
      {versions.isPending && <Loading what="the versions" />}
      {versions.error && !versions.data && (
        <Failure title="The versions cannot be read" error={versions.error} retry={versions.refetch} />
      )}
      {versions.data?.length === 0 && (
        <Text size="sm" c="dimmed">
          None yet. The first training makes version 1.
        </Text>
      )}
      <Stack gap="sm">
        {versions.data?.map((version) => (
          <Version
            key={version.version}
            version={version}
            inUse={version.saved && model.state !== 'draft' && model.state !== 'trained'}
            onRollBack={() => setChosen(version)}
          />
        ))}
      </Stack>
      {chosen && <RollBackDialog model={model} version={chosen.version} onClose={() => setChosen(null)} />}
    </SectionCard>
  );
}

interface VersionProps {
  readonly version: VersionView;
  /** it is the model's current version and configuration already */
  readonly inUse: boolean;
  readonly onRollBack: () => void;
}

function Version({ version: shown, inUse, onRollBack }: VersionProps) {
  const { version, saved, active, trainedAt, people, events, quality, comparedTo, changes } = shown;
  const mayEdit = useMayEdit();
  const [opened, { toggle }] = useDisclosure();
  return (
    <Paper withBorder p="sm" component="article" aria-label={`Version ${version}`}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={4} flex="1 1 260px">
          <Group gap="xs">
            <Text fw={600}>Version {version}</Text>
            {active && <Badge color="teal">Active</Badge>}
            {saved && <Badge color="cyan">Saved</Badge>}
          </Group>
          <Text size="sm" c="dimmed">
            {moment(trainedAt)}, from {formatCount(events, 'event')} of {formatCount(people, 'shopper')}
          </Text>
          {quality && <QualityVerdict quality={quality} />}
          {comparedTo !== null && (
            <div>
              {changes.length === 0 ? (
                <Text size="sm">The settings of version {comparedTo}, with newer events.</Text>
              ) : (
                <Anchor component="button" type="button" size="sm" onClick={toggle} aria-expanded={opened}>
                  {formatCount(changes.length, 'setting')} changed since version {comparedTo}
                </Anchor>
              )}
            </div>
          )}
        </Stack>
        <Button variant="default" size="xs" disabled={!mayEdit || inUse} onClick={onRollBack}>
          Roll back to version {version}
        </Button>
      </Group>
      <Collapse expanded={opened} keepMounted={false}>
        <ChangesTable
          caption={`What changed from version ${comparedTo} to version ${version}`}
          changes={changes}
          headings={[`Version ${comparedTo}`, `Version ${version}`]}
        />
      </Collapse>
    </Paper>
  );
}

interface RollBackDialogProps {
  readonly model: ModelView;
  readonly version: number;
  readonly onClose: () => void;
}

function RollBackDialog({ model, version, onClose }: RollBackDialogProps) {
  const serves = model.activeVersion !== null;
  return (
    <ConfirmDialog
      title={`Roll back to version ${version}?`}
      action="Roll back"
      run={async () => {
        await rollBack(model.id, version);
        notifyDone(
          `${model.name} is back at version ${version}`,
          serves ? 'Every proxy follows within two seconds.' : 'It is saved and can be activated.',
        );
        await refreshModels();
      }}
      onClose={onClose}
    >
      <Text>
        The settings of version {version} become the model’s settings again; what was edited since is
        replaced. The name stays.{' '}
        {serves
          ? 'The model is active, so your shoppers are served by that version at once.'
          : 'What serves your shoppers stays as it is.'}
      </Text>
    </ConfirmDialog>
  );
}
