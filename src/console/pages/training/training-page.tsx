// Trains one model, says what came of it, and keeps its versions and its schedule.
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { useModel, useModels } from '../../api/models.js';
import { Failure } from '../../components/feedback/failure.js';
import { Loading } from '../../components/feedback/loading.js';
import { Page } from '../../components/layout/page.js';
import { ModelBadges } from '../../components/model/model-badges.js';
import { previewPath } from '../../lib/preview/preview-address.js';
import { ReadinessSection } from './readiness-section.js';
import { ResultSection } from './result-section.js';
import { RunSection } from './run-section.js';
import { ScheduleSection } from './schedule-section.js';
import { VersionsSection } from './versions-section.js';

const BACK = { to: '/personalization', label: 'Personalization' } as const;

export function TrainingPage({ id = '' }: { readonly id?: string }) {
  const answer = useModel(id);
  const { data: models } = useModels();
  if (!answer.data)
    return (
      <Page title="Training" back={BACK}>
        {answer.error ? (
          <Failure title="The model cannot be read" error={answer.error} retry={answer.refetch} />
        ) : (
          <Loading what="the model" />
        )}
      </Page>
    );
  const model = answer.data.data;
  return (
    <Page
      title={`Training of ${model.name}`}
      back={BACK}
      description="Shoppers notice nothing of a training: what serves goes on serving until you activate another version."
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
      <RunSection model={model} />
      {model.version > 0 && model.state !== 'training' && (
        <ResultSection
          model={model}
          active={models?.find(({ activeVersion }) => activeVersion !== null) ?? null}
        />
      )}
      <ReadinessSection id={id} />
      <VersionsSection model={model} />
      <ScheduleSection id={id} />
    </Page>
  );
}
