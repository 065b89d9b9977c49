// The training page of a model: the run, its result, the readiness of the data, the versions and the schedule.
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { useModel } from '../../api/models.js';
import { Failure } from '../../components/feedback/failure.js';
import { Loading } from '../../components/feedback/loading.js';
import { Page } from '../../components/layout/page.js';
import { ModelBadges } from '../../components/model/model-badges.js';
import { UnsavedEdits } from '../../components/model/unsaved-edits.js';
import { useOn } from '../../components/model/use-model-steps.js';
import { previewPath } from '../../lib/preview/preview-address.js';
import { ReadinessSection } from './readiness-section.js';
import { ResultSection } from './result-section.js';
import { RunSection } from './run-section.js';
import { ScheduleSection } from './schedule-section.js';
import { VersionsSection } from './versions-section.js';

const BACK = { to: '/personalization', label: 'Personalization' } as const;

export function TrainingPage({ id = '' }: { readonly id?: string }) {
  const query = useModel(id);
  const on = useOn();
  if (!query.data)
    return (
      <Page title="Training" back={BACK}>
        {query.error ? (
          <Failure title="The model cannot be read" error={query.error} retry={query.refetch} />
        ) : (
          <Loading what="the model" />
        )}
      </Page>
    );
  const model = query.data.data;
  return (
    <Page
      title={`Training of ${model.name}`}
      back={BACK}
      description={`Shoppers notice nothing of a training: ${on ? 'what is live stays live until you make another version live' : 'personalization is off, and stays off'}.`}
      actions={
        <>
          <ModelBadges model={model} />
          <Button component={Link} href={`/personalization/${id}`} variant="default">
            Configure
          </Button>
          {model.version > 0 && (
            <Button component={Link} href={previewPath(id)} variant="default">
              Preview
            </Button>
          )}
        </>
      }
    >
      <UnsavedEdits model={model} />
      <RunSection model={model} />
      {model.version > 0 && model.state !== 'training' && <ResultSection model={model} />}
      <ReadinessSection id={id} />
      <VersionsSection model={model} />
      <ScheduleSection model={model} />
    </Page>
  );
}
