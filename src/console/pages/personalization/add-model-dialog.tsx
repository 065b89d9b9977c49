// Adds a model: its name, and the preset or the model it starts from.
import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import type { ModelView } from '../../../contract/model.js';
import { createModel, usePresets } from '../../api/models.js';
import { refreshModels } from '../../api/query-client.js';
import { ApiError } from '../../api/request.js';
import { DialogActions } from '../../components/dialogs/dialog-actions.js';
import { Failure } from '../../components/feedback/failure.js';
import { Loading } from '../../components/feedback/loading.js';
import { findingAt } from '../../lib/model/findings.js';
import { copyOf, freeName } from '../../lib/model/model-config.js';

interface AddModelDialogProps {
  readonly models: readonly ModelView[];
  /** the model to copy, chosen already; null for a new one */
  readonly copied: ModelView | null;
  readonly onClose: () => void;
}

export function AddModelDialog({ models, copied, onClose }: AddModelDialogProps) {
  const presets = usePresets();
  const [, goTo] = useLocation();
  const names = models.map(({ name }) => name);
  const [name, setName] = useState(copied ? freeName(copied.name, names) : '');
  const [start, setStart] = useState(copied ? `copy:${copied.id}` : 'preset:balanced');
  const [creating, setCreating] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const nameError = nameProblem(error);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const model = models.find(({ id }) => start === `copy:${id}`);
    const preset = presets.data?.find(({ id }) => start === `preset:${id}`);
    if (!model && !preset) return;
    setCreating(true);
    setError(null);
    try {
      const { id } = await createModel(
        model ? copyOf(model, name) : { name, preset: preset?.id ?? 'balanced' },
      );
      await refreshModels();
      // Navigating alone would leave the dialog open until the next page is loaded.
      onClose();
      goTo(`/personalization/${id}`);
    } catch (problem) {
      setError(problem);
      setCreating(false);
    }
  }

  return (
    <Modal opened onClose={onClose} title="Add a model" size="lg">
      <form onSubmit={submit} noValidate>
        <Stack gap="lg">
          <TextInput
            label="Name"
            description="As you and your colleagues will know it, e.g. Summer sale."
            data-autofocus
            maxLength={100}
            value={name}
            error={nameError}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Radio.Group
            label="Start from"
            description="Everything can be changed afterwards. A preset takes its fields and events from the default model."
            value={start}
            onChange={setStart}
          >
            <Stack gap="xs" mt="sm">
              {presets.isPending && <Loading what="the presets" />}
              {presets.data?.map((preset) => (
                <Choice
                  key={preset.id}
                  value={`preset:${preset.id}`}
                  title={preset.name}
                  text={preset.description}
                />
              ))}
              {models.map((model) => (
                <Choice
                  key={model.id}
                  value={`copy:${model.id}`}
                  title={`Copy of ${model.name}`}
                  text="All its settings; its trained versions stay with it."
                />
              ))}
            </Stack>
          </Radio.Group>
          {error !== null && nameError === null && <Failure title="The model was not made" error={error} />}
          <DialogActions>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={creating}>
              Add model
            </Button>
          </DialogActions>
        </Stack>
      </form>
    </Modal>
  );
}

/** An error about the name, to show beside its field. */
function nameProblem(error: unknown): string | null {
  if (!(error instanceof ApiError)) return null;
  const aboutName = error.code === 'name-taken' || error.code === 'model-exists';
  return aboutName ? error.message : (findingAt(error.errors, 'name') ?? findingAt(error.errors, 'id'));
}

interface ChoiceProps {
  readonly value: string;
  readonly title: string;
  readonly text: string;
}

function Choice({ value, title, text }: ChoiceProps) {
  return (
    <Radio.Card value={value} p="sm" radius="md" aria-label={title}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Radio.Indicator mt={2} />
        <div>
          <Text fw={600} size="sm" className="name">
            {title}
          </Text>
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        </div>
      </Group>
    </Radio.Card>
  );
}
