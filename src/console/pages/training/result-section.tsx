// The verdict on the current version, its scores, and the next step: save it, then make it live.
import { Box, Group, List, Stack, Text } from '@mantine/core';
import type { ModelView } from '../../../contract/model.js';
import { MEASURES } from '../../../core/model/measures.js';
import { SectionCard } from '../../components/layout/section-card.js';
import { NextStep } from '../../components/model/next-step.js';
import { QualityVerdict } from '../../components/model/quality-verdict.js';
import { useModelTold } from '../../components/model/use-model-steps.js';
import { capitalize } from '../../lib/words/sentence.js';
import { type MeasureWords, type ScoreBar, scoreBars, verdictWords } from '../../lib/words/verdict-words.js';

export function ResultSection({ model }: { readonly model: ModelView }) {
  const { quality } = model;
  const { version, means, step } = useModelTold(model);
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
          <Measures measures={words.measures} />
        </Stack>
      ) : (
        <Text size="sm" c="dimmed">
          It was trained before versions were judged. Train again to see what it is worth.
        </Text>
      )}
      <Group gap="sm">
        {(step.kind === 'save' || step.kind === 'make-live') && <NextStep model={model} />}
        <Text size="sm" c="dimmed" flex="1 1 220px">
          {step.kind === 'train' ? means : step.says}
        </Text>
      </Group>
    </SectionCard>
  );
}

/** Each by its name, what it asks, and what it found: one may rise where another falls. */
function Measures({ measures }: { readonly measures: readonly MeasureWords[] }) {
  return (
    <Stack component="dl" gap="sm" m={0} aria-label="Measures">
      {measures.map(({ name, asks, lines }) => (
        <div key={name}>
          <Text component="dt" size="sm" fw={600}>
            {name}
          </Text>
          <Text component="dd" m={0} size="sm" c="dimmed">
            {asks}
          </Text>
          {lines.map((line) => (
            <Text component="dd" m={0} size="sm" key={line}>
              {line}
            </Text>
          ))}
        </div>
      ))}
    </Stack>
  );
}

function ScoreBars({ bars }: { readonly bars: readonly ScoreBar[] }) {
  if (bars.length === 0) return null;
  return (
    <Stack gap="xs" maw={640}>
      <Text size="sm" c="dimmed">
        {capitalize(MEASURES.ALL.name)}, with the 95 % interval:
      </Text>
      <Stack component="dl" gap="xs" m={0}>
        {bars.map(({ label, score, interval: [low, high] }, index) => (
          <div key={label}>
            <Text component="dt" size="sm" fw={index === 0 ? 600 : undefined}>
              {label}
            </Text>
            <Box component="dd" m={0} display="flex" style={{ alignItems: 'center', gap: 12 }}>
              <Box flex={1} h={12} bg="var(--mantine-color-default-border)" style={{ borderRadius: 6 }}>
                <Box
                  h="100%"
                  w={`${100 * score}%`}
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
    </Stack>
  );
}
