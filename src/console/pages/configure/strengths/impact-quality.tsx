// What the last training found the model to be worth at each measured impact, and so at the chosen one.
import { Stack, Text } from '@mantine/core';
import { MEASURES } from '../../../../core/model/measures.js';
import { qualityOfSettings } from '../../../../core/model/quality-of-settings.js';
import { useVersions } from '../../../api/models.js';
import { QualityVerdict } from '../../../components/model/quality-verdict.js';
import { trainedOf } from '../../../lib/model/trained-config.js';
import { impactScores } from '../../../lib/words/verdict-words.js';

interface ImpactQualityProps {
  readonly modelId: string;
  readonly impact: number;
}

export function ImpactQuality({ modelId, impact }: ImpactQualityProps) {
  const { data: versions } = useVersions(modelId);
  const trained = trainedOf(versions ?? []);
  if (!trained?.quality?.measured) return null;
  const { config, quality, version, active } = trained;
  const found = qualityOfSettings({ version, config, quality, active }, { ...config, impact });
  return (
    <Stack gap={4} role="status" aria-label="Quality at this impact">
      <QualityVerdict quality={found} />
      <Text size="xs" c="dimmed">
        Score of “{MEASURES.ALL.name}” by impact, measured in the training of version {version}:{' '}
        {impactScores(quality, config.impact)
          .map(({ impact: at, score }) => `${at}: ${score.toFixed(3)}`)
          .join(' · ')}
        . Saving the impact needs no training.
      </Text>
    </Stack>
  );
}
