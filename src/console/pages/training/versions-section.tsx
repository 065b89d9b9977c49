// The versions of a model that are kept: the verdict on each, what changed from one to the next, and going back to one.
import { Anchor, Badge, Button, Checkbox, Collapse, Group, Paper, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import type { ModelView } from '../../../contract/model.js';
import type { VersionView } from '../../../contract/version.js';
import { formatCount } from '../../../core/format-count.js';
import { rollBack, useVersions } from '../../api/models.js';
import { refreshModels } from '../../api/query-client.js';
import { useMayEdit } from '../../api/session.js';
import { ConfirmDialog } from '../../components/dialogs/confirm-dialog.js';
import { wayBack } from '../../components/dialogs/way-back.js';
import { Failure } from '../../components/feedback/failure.js';
import { Loading } from '../../components/feedback/loading.js';
import { notifyWithWayBack } from '../../components/feedback/notify.js';
import { SectionCard } from '../../components/layout/section-card.js';
import { QualityMeasures } from '../../components/model/quality-measures.js';
import { QualityVerdict } from '../../components/model/quality-verdict.js';
import { useOn } from '../../components/model/use-model-steps.js';
import { ChangesTable } from '../../components/tables/changes-table.js';
import { type VersionAction, versionAction } from '../../lib/model/version-action.js';
import { moment } from '../../lib/words/time-words.js';

export function VersionsSection({ model }: { readonly model: ModelView }) {
  const versions = useVersions(model.id);
  const on = useOn();
  const [chosen, setChosen] = useState<VersionView | null>(null);
  const action = chosen && versionAction(chosen, model, on);
  return (
    <SectionCard
      id="versions"
      title="Versions"
      description="The two newest are kept, those that are saved or live, and the one that was live before. Going back to one takes its settings and its histories back, at once."
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
            edited={model.state === 'draft'}
            action={versionAction(version, model, on)}
            onAction={() => setChosen(version)}
          />
        ))}
      </Stack>
      {action && chosen && (
        <VersionDialog model={model} version={chosen} action={action} onClose={() => setChosen(null)} />
      )}
    </SectionCard>
  );
}

interface VersionProps {
  readonly version: VersionView;
  /** whether the model is a draft */
  readonly edited: boolean;
  /** null where the model is at it already */
  readonly action: VersionAction | null;
  readonly onAction: () => void;
}

function Version({ version: shown, edited, action, onAction }: VersionProps) {
  const {
    version,
    saved,
    active,
    current,
    liveBefore,
    profilesFrom,
    trainedAt,
    people,
    events,
    quality,
    comparedTo,
    changes,
  } = shown;
  const mayEdit = useMayEdit();
  const on = useOn();
  const [opened, { toggle }] = useDisclosure();
  return (
    <Paper withBorder p="sm" component="article" aria-label={`Version ${version}`}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={4} flex="1 1 260px">
          <Group gap="xs">
            <Text fw={600}>Version {version}</Text>
            {active && <Badge color={on ? 'teal' : 'gray'}>{on ? 'Live' : 'Live once on again'}</Badge>}
            {liveBefore && <Badge color="gray">Live before</Badge>}
            {saved && !active && <Badge color="cyan">Saved</Badge>}
            {!saved && !active && !liveBefore && <Badge color="violet">Trained</Badge>}
            {current && edited && <Badge color="gray">Edited since</Badge>}
          </Group>
          <Text size="sm" c="dimmed">
            {profilesFrom !== null && `Settings alone, over the histories of version ${profilesFrom}: `}
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
        {action && (
          <Button variant={liveBefore ? 'light' : 'default'} size="xs" disabled={!mayEdit} onClick={onAction}>
            {action.label}
          </Button>
        )}
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

interface VersionDialogProps {
  readonly model: ModelView;
  readonly version: VersionView;
  readonly action: VersionAction;
  readonly onClose: () => void;
}

function VersionDialog({ model, version: { version, quality }, action, onClose }: VersionDialogProps) {
  const [confirmed, setConfirmed] = useState(false);
  const worse = action.gated && quality?.verdict === 'worse';
  return (
    <ConfirmDialog
      title={`${action.label}?`}
      action={action.verb}
      danger={worse}
      blocked={worse && !confirmed}
      run={async () => {
        await rollBack(model.id, version, confirmed);
        const live = { ...model, savedVersion: version };
        const back = model.activeVersion === null ? null : wayBack(live, model);
        notifyWithWayBack(`${model.name} is at version ${version}`, action.says, back);
        await refreshModels();
      }}
      onClose={onClose}
    >
      <Stack gap="md">
        <Text>{action.says}</Text>
        {quality && <QualityVerdict quality={quality} />}
        {quality && <QualityMeasures quality={quality} />}
        {worse && (
          <Checkbox
            label="I know that shoppers will find what they want less often, and want it all the same"
            checked={confirmed}
            onChange={(event) => setConfirmed(event.currentTarget.checked)}
          />
        )}
      </Stack>
    </ConfirmDialog>
  );
}
