// A model's version, last training, quality, differences and last change, as a list of terms.
import { Anchor, Collapse, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { AuditEntry } from '../../../contract/audit.js';
import type { ModelView } from '../../../contract/model.js';
import { formatCount } from '../../../core/format-count.js';
import { useVersions } from '../../api/models.js';
import { QualityVerdict } from '../../components/model/quality-verdict.js';
import { useModelTold } from '../../components/model/use-model-steps.js';
import { ChangesTable } from '../../components/tables/changes-table.js';
import { actorWords } from '../../lib/words/actor-words.js';
import { auditWords } from '../../lib/words/audit-words.js';
import { ago, moment } from '../../lib/words/time-words.js';

interface ModelFactsProps {
  readonly model: ModelView;
  readonly lastChange: AuditEntry | null;
  readonly own: string | null;
}

export function ModelFacts({ model, lastChange, own }: ModelFactsProps) {
  const { data: versions } = useVersions(model.id);
  const told = useModelTold(model);
  const current = versions?.find(({ version }) => version === told.version);
  return (
    <Stack component="dl" gap={10} m={0}>
      <Fact term="Version">{told.versionWords}</Fact>
      {current && (
        <Fact term="Trained">
          <span title={moment(current.trainedAt)}>{ago(current.trainedAt, Date.now())}</span>, from{' '}
          {formatCount(current.events, 'event')} of {formatCount(current.people, 'shopper')}
        </Fact>
      )}
      {model.quality && (
        <Fact term={`Quality of version ${told.version} by what shoppers took before`}>
          <QualityVerdict quality={model.quality} />
        </Fact>
      )}
      {lastChange && (
        <Fact term="Last changed">
          <span title={moment(lastChange.at)}>{ago(lastChange.at, Date.now())}</span> by{' '}
          {actorWords(lastChange.actor, own)}:{' '}
          <span className="name">{auditWords(lastChange, new Map([[model.id, model.name]]))}</span>
        </Fact>
      )}
      {model.changes.length > 0 && <Differences model={model} />}
    </Stack>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="xs" c="dimmed">
        {term}
      </Text>
      <Text component="dd" size="sm" m={0}>
        {children}
      </Text>
    </div>
  );
}

function Differences({ model }: { readonly model: ModelView }) {
  const [opened, { toggle }] = useDisclosure();
  return (
    <div>
      <Text component="dt" size="xs" c="dimmed">
        Against what is live
      </Text>
      <Text component="dd" size="sm" m={0}>
        <Anchor component="button" type="button" size="sm" onClick={toggle} aria-expanded={opened}>
          {formatCount(model.changes.length, 'setting')} {model.changes.length === 1 ? 'differs' : 'differ'}
        </Anchor>
        <Collapse expanded={opened} keepMounted={false}>
          <ChangesTable
            caption={`Settings of ${model.name} that differ from what is live`}
            changes={model.changes}
            headings={['Live', 'Here']}
          />
        </Collapse>
      </Text>
    </div>
  );
}
