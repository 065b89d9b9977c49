// Starts and cancels a training, and follows it stage by stage.
import { Alert, Button, Group, List, Progress, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ModelView } from '../../../contract/model.js';
import type { TrainingStatus } from '../../../contract/training.js';
import { refreshModels } from '../../api/query-client.js';
import { useMayEdit } from '../../api/session.js';
import { cancelTraining, useTraining } from '../../api/training.js';
import { Failure } from '../../components/feedback/failure.js';
import { Loading } from '../../components/feedback/loading.js';
import { useAction } from '../../components/feedback/use-action.js';
import { IconStop } from '../../components/icons.js';
import { SectionCard } from '../../components/layout/section-card.js';
import { NotInRun } from '../../components/model/not-in-run.js';
import { useModelTold, useTrain } from '../../components/model/use-model-steps.js';
import { readEdits } from '../../lib/model/unsaved-draft.js';
import { sentence } from '../../lib/words/sentence.js';
import { duration, moment } from '../../lib/words/time-words.js';
import { StageList } from './stage-list.js';

export function RunSection({ model }: { readonly model: ModelView }) {
  const training = useTraining(model.id);
  const mayEdit = useMayEdit();
  const start = useTrain(model.id, () => readEdits(sessionStorage, model.id));
  const { step, training: run } = useModelTold(model);
  const cancel = useAction(() => cancelTraining(model.id, training.data?.etag ?? ''), {
    done: 'The training will stop at its next step',
    failed: 'The training was not cancelled',
  });
  const state = training.data?.data.state;
  useRefetchAtEnd(state);

  return (
    <SectionCard
      id="training"
      title={state === 'running' ? 'Training is running' : 'Train'}
      description={state === 'running' ? undefined : run.says}
      actions={
        state === 'running' ? (
          <Button variant="default" disabled={!mayEdit} loading={cancel.running} onClick={cancel.start}>
            Cancel training
          </Button>
        ) : (
          <Button
            variant={step.kind === 'train' ? 'filled' : 'default'}
            disabled={!mayEdit || !training.data}
            loading={start.running}
            onClick={start.start}
          >
            {run.label}
          </Button>
        )
      }
    >
      {training.isPending && <Loading what="the state of the training" />}
      {training.error && (
        <Failure
          title="How the training is doing cannot be read"
          error={training.error}
          retry={training.refetch}
        />
      )}
      <NotInRun model={model} />
      {training.data && <Run training={training.data.data} />}
    </SectionCard>
  );
}

/** Refetches when a training has ended: it has changed the model, its versions and its readiness. */
function useRefetchAtEnd(state: TrainingStatus['state'] | undefined): void {
  const before = useRef(state);
  useEffect(() => {
    if (before.current === 'running' && state !== 'running' && state !== undefined) void refreshModels();
    before.current = state;
  }, [state]);
}

function Run({ training }: { readonly training: TrainingStatus }) {
  const { state, stage, percent, etaSeconds, startedAt, finishedAt, notes, error } = training;
  switch (state) {
    case 'idle':
      return null;
    case 'running':
      return (
        <Stack gap="sm">
          <Progress value={percent} size="lg" animated aria-label="Progress of the training" />
          <Group justify="space-between" gap="sm">
            <Text size="sm" role="status">
              {Math.round(percent)} %{etaSeconds === null ? '' : `, ${duration(etaSeconds)} left`}
            </Text>
            {startedAt && (
              <Text size="sm" c="dimmed">
                since {moment(startedAt)}
              </Text>
            )}
          </Group>
          <StageList stage={stage} />
        </Stack>
      );
    case 'failed':
      return (
        <Alert color="red" icon={<IconStop />} title="The last training failed" role="alert">
          <Stack gap="xs">
            <Text size="sm">{sentence(error ?? 'The reason is in the log of Kindred')}</Text>
            <Text size="sm">
              What is live stays live. Look at what readiness says below, correct it, and start again.
            </Text>
          </Stack>
        </Alert>
      );
    case 'cancelled':
      return (
        <Text size="sm" c="dimmed">
          The last training was cancelled{finishedAt && ` (${moment(finishedAt)})`}. It left nothing behind.
        </Text>
      );
    case 'completed':
      return (
        <Stack gap="xs">
          <Text size="sm">
            Version {training.version} was finished{finishedAt && `, ${moment(finishedAt)}`}.
          </Text>
          {notes.length > 0 && (
            <List size="sm">
              {notes.map((note) => (
                <List.Item key={note}>{sentence(note)}</List.Item>
              ))}
            </List>
          )}
        </Stack>
      );
  }
}
