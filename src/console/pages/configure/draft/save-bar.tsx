// The bar at the bottom of the configure page: unsaved changes, why they cannot be saved yet, and the buttons.
import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ModelChange } from '../../../../core/model/model-changes.js';
import { Failure } from '../../../components/feedback/failure.js';
import { IconWarning } from '../../../components/icons.js';
import { useBarHeight } from '../../../components/layout/use-bar-height.js';
import { ChangesTable } from '../../../components/tables/changes-table.js';
import type { ModelStep } from '../../../lib/model/model-steps.js';

interface SaveBarProps {
  /** where what is on screen can be tried */
  readonly preview: string;
  readonly edited: boolean;
  /** saves and goes on; null where only the draft can be saved now */
  readonly step: Pick<ModelStep, 'label' | 'says'> | null;
  /** the step of a model without edits */
  readonly next: ReactNode;
  readonly changes: readonly ModelChange[];
  /** lists that do not total 100, one line each */
  readonly unbalanced: readonly string[];
  readonly saving: boolean;
  /** why the last attempt failed; null when it did not */
  readonly error: unknown;
  readonly disabled: boolean;
  readonly onSave: () => void;
  readonly onStep: () => void;
  readonly onDiscard: () => void;
}

export function SaveBar({
  preview,
  edited,
  step,
  next,
  changes,
  unbalanced,
  saving,
  error,
  disabled,
  onSave,
  onStep,
  onDiscard,
}: SaveBarProps) {
  const [listed, { toggle }] = useDisclosure();
  const bar = useBarHeight();
  return (
    <div className="save-bar" ref={bar}>
      {error !== null && (
        <div className="save-bar-details">
          <Failure title="The model was not saved" error={error} />
        </div>
      )}
      {listed && changes.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className="save-bar-details" tabIndex={0} aria-label="Changes that are not saved">
          <ChangesTable caption="Changes that are not saved" changes={changes} headings={['Saved', 'Now']} />
        </section>
      )}
      <Group justify="space-between" gap="sm" align="center">
        <Stack gap={2} role="status" flex="1 1 260px">
          {unbalanced.map((line) => (
            <Group key={line} gap={6} wrap="nowrap" className="tone-unknown">
              <IconWarning size={16} />
              <Text size="sm" fw={600}>
                {line}
              </Text>
            </Group>
          ))}
          {unbalanced.length === 0 && (
            <Text size="sm">{edited ? changeWords(changes.length) : 'Everything is saved.'}</Text>
          )}
          {edited && step && unbalanced.length === 0 && (
            <Text size="xs" c="dimmed">
              {step.says}
            </Text>
          )}
          {changes.length > 0 && (
            <Anchor
              component="button"
              type="button"
              size="sm"
              ta="start"
              onClick={toggle}
              aria-expanded={listed}
            >
              {listed ? 'Hide changes' : 'Show changes'}
            </Anchor>
          )}
        </Stack>
        <Group gap="sm">
          {edited && unbalanced.length === 0 && (
            <Button component={Link} href={preview} variant="light">
              Preview changes
            </Button>
          )}
          <Button variant="default" disabled={!edited || saving} onClick={onDiscard}>
            Discard
          </Button>
          <Button
            variant={step ? 'default' : 'filled'}
            disabled={disabled || !edited || unbalanced.length > 0 || saving}
            onClick={onSave}
          >
            Save draft
          </Button>
          {edited && step && (
            <Button disabled={disabled || unbalanced.length > 0} loading={saving} onClick={onStep}>
              {step.label}
            </Button>
          )}
          {!edited && next}
        </Group>
      </Group>
    </div>
  );
}

function changeWords(count: number): string {
  if (count === 0) return 'The overrides were changed; not saved yet.';
  return count === 1
    ? '1 setting is changed and not saved yet.'
    : `${count} settings are changed and not saved yet.`;
}
