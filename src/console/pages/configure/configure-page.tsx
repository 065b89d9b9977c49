// Configures one model: all settings on one page, edits kept in the tab until they are saved.
import './configure.css';
import { Alert, Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { useModel, usePresets } from '../../api/models.js';
import { useMayEdit, useSession } from '../../api/session.js';
import { ConfirmDialog } from '../../components/dialogs/confirm-dialog.js';
import { Failure } from '../../components/feedback/failure.js';
import { Loading } from '../../components/feedback/loading.js';
import { Page } from '../../components/layout/page.js';
import { ModelBadges } from '../../components/model/model-badges.js';
import { NextStep } from '../../components/model/next-step.js';
import { NotInRun } from '../../components/model/not-in-run.js';
import { useSaveVersion, useStepWith, useTrain } from '../../components/model/use-model-steps.js';
import { configOf } from '../../lib/model/model-config.js';
import { DRAFT_SUFFIX, previewPath } from '../../lib/preview/preview-address.js';
import { moment } from '../../lib/words/time-words.js';
import { SaveBar } from './draft/save-bar.js';
import { SaveConflictDialog } from './draft/save-conflict-dialog.js';
import { unbalancedLists } from './draft/unbalanced-lists.js';
import { useModelDraft } from './draft/use-model-draft.js';
import { useSaveModel } from './draft/use-save-model.js';
import { Sections } from './sections.js';

const BLAMED = 'main [aria-invalid="true"], main [data-blamed]';
const BACK = { to: '/personalization', label: 'Personalization' } as const;

export function ConfigurePage({ id = '' }: { readonly id?: string }) {
  const model = useModel(id);
  const { data: session } = useSession();
  const mayEdit = useMayEdit();
  const draft = useModelDraft(id, model.data);
  const saving = useSaveModel(draft);
  const [discarding, setDiscarding] = useState(false);
  const stepWith = useStepWith(id);
  const train = useTrain(id, () => null);
  const saveVersion = useSaveVersion(id, () => null);
  // They stand above the fields, and would push them down.
  const presets = usePresets();

  if (!draft || presets.isPending)
    return (
      <Page title="Configure model" back={BACK}>
        {model.error ? (
          <Failure title="The model cannot be read" error={model.error} retry={model.refetch} />
        ) : (
          <Loading what="the model" />
        )}
      </Page>
    );

  const { config, edited } = draft;
  const step = model.data && edited ? stepWith(model.data.data, config) : null;
  async function save() {
    const saved = await saving.save();
    // The first field that is to blame may be out of sight.
    if (!saved)
      requestAnimationFrame(() => document.querySelector(BLAMED)?.scrollIntoView({ block: 'center' }));
    return saved;
  }
  async function goOn() {
    if (!step || !(await save())) return;
    await (step.kind === 'train' ? train : saveVersion).start();
  }
  const catalog = session?.catalogs.find(({ name }) => name === config.catalog);
  return (
    <Page
      title={draft.base.name}
      back={BACK}
      description="Say what counts as taste, who may speak for a shopper, and how loudly."
      actions={
        <>
          {model.data && <ModelBadges model={model.data.data} />}
          <Button component={Link} href={`/personalization/${id}/training`} variant="light">
            Training
          </Button>
        </>
      }
    >
      {draft.restored && edited && (
        <Alert color="blue" title="Your unsaved changes are back">
          They are from {moment(draft.restored)}. Save them, or discard them to see the model as it is saved.
        </Alert>
      )}
      {model.error && (
        <Failure title="The saved model cannot be read right now" error={model.error} retry={model.refetch} />
      )}
      {model.data?.data.state === 'training' && <NotInRun model={model.data.data} unsaved={config} />}
      {!mayEdit && session && <Alert color="gray">Your key may look at models, not change them.</Alert>}
      <Sections
        key={draft.generation}
        config={config}
        categoryField={catalog?.categoryField ?? 'category'}
        update={draft.update}
        findings={saving.findings}
        onEdited={saving.forget}
        disabled={!mayEdit}
      />
      <SaveBar
        preview={previewPath(id, `${id}${DRAFT_SUFFIX}`)}
        edited={edited}
        step={step?.kind === 'train' || step?.kind === 'save' ? step : null}
        next={model.data && <NextStep model={model.data.data} />}
        changes={draft.changes}
        unbalanced={unbalancedLists(config)}
        saving={saving.running || train.running || saveVersion.running}
        error={saving.error}
        disabled={!mayEdit}
        onSave={save}
        onStep={goOn}
        onDiscard={() => setDiscarding(true)}
      />
      {discarding && (
        <ConfirmDialog
          title="Discard your changes?"
          action="Discard"
          danger
          run={async () => draft.drop()}
          onClose={() => setDiscarding(false)}
        >
          The model is shown as it is saved. Your changes are gone.
        </ConfirmDialog>
      )}
      {saving.theirs && (
        <SaveConflictDialog
          base={draft.base}
          mine={config}
          theirs={configOf(saving.theirs.data)}
          saving={saving.running}
          onKeepMine={saving.keepMine}
          onTakeTheirs={saving.takeTheirs}
          onClose={saving.decideLater}
        />
      )}
    </Page>
  );
}
