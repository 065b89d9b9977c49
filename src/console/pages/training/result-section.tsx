// The verdict on the newest version, its scores, and the next step: save it, then activate it.
import { Box, Button, Group, List, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ModelView } from '../../../contract/model.js';
import { saveVersion } from '../../api/models.js';
import { useMayEdit } from '../../api/session.js';
import { ActivateDialog } from '../../components/dialogs/activate-dialog.js';
import { useAction } from '../../components/feedback/use-action.js';
import { SectionCard } from '../../components/layout/section-card.js';
import { QualityVerdict } from '../../components/model/quality-verdict.js';
import { type ScoreBar, scoreBars, verdictWords } from '../../lib/words/verdict-words.js';

interface ResultSectionProps {
  readonly model: ModelView;
  readonly active: ModelView | null;
}

export function ResultSection({ model, active }: ResultSectionProps) {
  const { quality, version } = model;
  const words = quality && verdictWords(quality);
  return (
    <SectionCard
      id="quality"
      title={`What version ${version} is worth`}
      description="How far up the products stood that shoppers then took, on the newest part of the past: a score (NDCG@10) of 1 is on top of the list, 0 is outside the first ten."
    >
      {quality && words ? (
        <Stack gap="md">
          <QualityVerdict quality={quality} />
          <ScoreBars bars={scoreBars(quality, `Version ${version}`)} />
          {words.lines.length > 0 && (
            <List size="sm" spacing={4}>
              {words.lines.map((line) => (
                <List.Item key={line}>{line}</List.Item>
              ))}
            </List>
          )}
        </Stack>
      ) : (
        <Text size="sm" c="dimmed">
          It was trained before versions were judged. Train again to see what it is worth.
        </Text>
      )}
      <Steps model={model} active={active} />
    </SectionCard>
  );
}

function Steps({ model, active }: ResultSectionProps) {
  const mayEdit = useMayEdit();
  const [activating, setActivating] = useState(false);
  const save = useAction(() => saveVersion(model.id), {
    done: `Version ${model.version} is saved`,
    failed: 'The version was not saved',
  });
  return (
    <Group gap="sm">
      <Button
        variant={model.state === 'trained' ? 'filled' : 'default'}
        disabled={!mayEdit || model.state !== 'trained'}
        loading={save.running}
        onClick={save.start}
      >
        Save version
      </Button>
      <Button
        variant={model.state === 'saved' ? 'filled' : 'default'}
        disabled={!mayEdit || model.state !== 'saved'}
        onClick={() => setActivating(true)}
      >
        Activate
      </Button>
      <Text size="sm" c="dimmed" flex="1 1 220px">
        {hintOf(model)}
      </Text>
      {activating && <ActivateDialog model={model} active={active} onClose={() => setActivating(false)} />}
    </Group>
  );
}

function hintOf({ state, version }: ModelView): string {
  switch (state) {
    case 'draft':
      return 'The model was edited since: train it, then the new version can be saved.';
    case 'training':
      return '';
    case 'trained':
      return `Save version ${version} to keep it; then it can be activated.`;
    case 'saved':
      return 'Activated, it ranks the searches of your shoppers within two seconds.';
    case 'active':
      return `Version ${version} serves your shoppers.`;
  }
}

function ScoreBars({ bars }: { readonly bars: readonly ScoreBar[] }) {
  if (bars.length === 0) return null;
  const most = Math.max(...bars.map(({ interval }) => interval[1]));
  return (
    <Stack component="dl" gap="xs" m={0} maw={640}>
      {bars.map(({ label, score, interval: [low, high] }, index) => (
        <div key={label}>
          <Text component="dt" size="sm" fw={index === 0 ? 600 : undefined}>
            {label}
          </Text>
          <Box component="dd" m={0} display="flex" style={{ alignItems: 'center', gap: 12 }}>
            <Box flex={1} h={12} bg="var(--mantine-color-default-border)" style={{ borderRadius: 6 }}>
              <Box
                h="100%"
                w={`${most > 0 ? (100 * score) / most : 0}%`}
                bg={index === 0 ? 'var(--mantine-primary-color-filled)' : 'var(--mantine-color-gray-5)'}
                style={{ borderRadius: 6 }}
              />
            </Box>
            <Text size="sm" w={170} ff="monospace">
              {score.toFixed(3)}{' '}
              <Text span size="xs" c="dimmed" ff="monospace">
                {low.toFixed(3)}–{high.toFixed(3)}
              </Text>
            </Text>
          </Box>
        </div>
      ))}
    </Stack>
  );
}
