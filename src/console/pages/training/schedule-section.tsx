// The schedule of a model: when it is trained next, how the last scheduled training went, and a form to change it.
import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ModelView } from '../../../contract/model.js';
import type { ScheduleView } from '../../../contract/schedule.js';
import { ApiError, type ApiResponse } from '../../api/request.js';
import { useMayEdit } from '../../api/session.js';
import { putSchedule, useSchedule } from '../../api/training.js';
import { Failure } from '../../components/feedback/failure.js';
import { Loading } from '../../components/feedback/loading.js';
import { notifyDone, notifyFailed } from '../../components/feedback/notify.js';
import { SectionCard } from '../../components/layout/section-card.js';
import { findingAt } from '../../lib/model/findings.js';
import { readEdits } from '../../lib/model/unsaved-draft.js';
import { nightWords, OUTCOME_WORDS, SCHEDULES, scheduleWords } from '../../lib/words/schedule-words.js';
import { ago, moment } from '../../lib/words/time-words.js';

const BY_HAND = 'by-hand';
const OWN = 'own';
const STALE = 'It is shown as it is now. Choose again if you still want another.';

export function ScheduleSection({ model }: { readonly model: ModelView }) {
  const { id } = model;
  const unsaved = readEdits(sessionStorage, id) !== null;
  const schedule = useSchedule(id);
  return (
    <SectionCard
      id="schedule"
      title="Schedule"
      description="Tastes move on: train again by the clock. What is live is trained anew with the settings that it has, and goes live by itself unless it is judged worse. Your edits never go live by the clock."
    >
      {schedule.isPending && <Loading what="the schedule" />}
      {schedule.error && !schedule.data && (
        <Failure title="The schedule cannot be read" error={schedule.error} retry={schedule.refetch} />
      )}
      {schedule.data && (
        <>
          <ScheduleFacts schedule={schedule.data.data} />
          {schedule.data.data.next && <Text size="sm">{nightWords(model, unsaved)}</Text>}
          <ScheduleForm
            // Somebody else's schedule replaces what was chosen here.
            key={`${schedule.data.data.cron} ${schedule.data.data.timezone}`}
            id={id}
            saved={schedule.data}
            onSaved={schedule.refetch}
          />
        </>
      )}
    </SectionCard>
  );
}

/** The next training, and the outcome of the last one. */
function ScheduleFacts({ schedule: { next, timezone, lastRun } }: { readonly schedule: ScheduleView }) {
  if (!next && !lastRun) return null;
  return (
    <Stack gap={4}>
      {next && (
        <Text size="sm">
          Next training {ago(next, Date.now())}: {moment(next, timezone)} ({timezone}).
        </Text>
      )}
      {lastRun && (
        <Text size="sm">
          The last one, {moment(lastRun.startedAt)}, {OUTCOME_WORDS[lastRun.outcome]}
          {lastRun.message && `: ${lastRun.message}`}.
        </Text>
      )}
    </Stack>
  );
}

interface ScheduleFormProps {
  readonly id: string;
  readonly saved: ApiResponse<ScheduleView>;
  readonly onSaved: () => Promise<unknown>;
}

function ScheduleForm({ id, saved, onSaved }: ScheduleFormProps) {
  const { cron, timezone } = saved.data;
  const mayEdit = useMayEdit();
  const [choice, setChoice] = useState(choiceOf(cron));
  const [own, setOwn] = useState(cron ?? '0 3 * * *');
  const [zone, setZone] = useState(cron === null ? ownZone() : timezone);
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const findings = error instanceof ApiError ? error.errors : [];
  const next = choice === BY_HAND ? null : choice === OWN ? own.trim() : choice;
  const edited = next !== cron || (next !== null && zone !== timezone);

  async function save() {
    setSaving(true);
    setError(null);
    try {
      await putSchedule(id, { cron: next, timezone: zone }, saved.etag);
      notifyDone(
        next === null ? 'The model is trained by hand only' : `Trained by the clock: ${scheduleWords(next)}`,
      );
      await onSaved();
    } catch (problem) {
      if (problem instanceof ApiError && problem.status === 412) {
        notifyFailed('Somebody else changed the schedule meanwhile', STALE);
        await onSaved();
      } else setError(problem);
    } finally {
      setSaving(false);
    }
  }

  return (
    <Stack gap="md">
      <Group align="flex-start" gap="md">
        <Select
          label="Train again"
          flex="1 1 240px"
          allowDeselect={false}
          data={[
            { value: BY_HAND, label: 'By hand only' },
            ...SCHEDULES.map((each) => ({ value: each.cron, label: each.words })),
            { value: OWN, label: 'At times of my own' },
          ]}
          value={choice}
          disabled={!mayEdit}
          onChange={(value) => setChoice(value ?? BY_HAND)}
        />
        {choice === OWN && (
          <TextInput
            label="Cron expression"
            description="Minute, hour, day, month, weekday."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            flex="1 1 200px"
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            value={own}
            error={findingAt(findings, 'cron')}
            disabled={!mayEdit}
            onChange={(event) => setOwn(event.currentTarget.value)}
          />
        )}
        {next !== null && (
          <Select
            label="Time zone"
            flex="1 1 220px"
            searchable
            limit={60}
            allowDeselect={false}
            data={zones(zone)}
            value={zone}
            error={findingAt(findings, 'timezone')}
            disabled={!mayEdit}
            nothingFoundMessage="No time zone contains this."
            onChange={(value) => setZone(value ?? 'UTC')}
          />
        )}
      </Group>
      {error !== null && findings.length === 0 && (
        <Failure title="The schedule was not saved" error={error} />
      )}
      <Group gap="sm">
        <Button disabled={!mayEdit || !edited} loading={saving} onClick={save}>
          Save schedule
        </Button>
        {!edited && (
          <Text size="sm" c="dimmed">
            This is what is saved.
          </Text>
        )}
      </Group>
    </Stack>
  );
}

function choiceOf(cron: string | null): string {
  if (cron === null) return BY_HAND;
  return SCHEDULES.some((each) => each.cron === cron) ? cron : OWN;
}

function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

function zones(chosen: string): string[] {
  return [...new Set(['UTC', chosen, ...Intl.supportedValuesOf('timeZone')])];
}
