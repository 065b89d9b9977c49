// The audit log: who changed what and when, newest first.
import './audit.css';
import { Anchor, Card, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AuditEntry } from '../../../contract/audit.js';
import { formatCount } from '../../../core/format-count.js';
import { useModels } from '../../api/models.js';
import { useAudit, useSession } from '../../api/session.js';
import { Failure } from '../../components/feedback/failure.js';
import { Loading } from '../../components/feedback/loading.js';
import { Page } from '../../components/layout/page.js';
import { ChangesTable } from '../../components/tables/changes-table.js';
import { actorWords } from '../../lib/words/actor-words.js';
import { auditWords } from '../../lib/words/audit-words.js';
import { stripBidiControls } from '../../lib/words/strip-bidi-controls.js';
import { ago, moment } from '../../lib/words/time-words.js';

export function AuditPage() {
  const audit = useAudit();
  const { data: session } = useSession();
  const { data: models = [], isPending: namesPending } = useModels();
  const names = new Map(models.map(({ id, name }) => [id, name]));
  const [text, setText] = useState('');
  const searched = text.trim().toLowerCase();
  const shown = (audit.data ?? []).filter((entry) =>
    [entry.actor, entry.action, entry.resource, entry.detail, auditWords(entry, names)].some((each) =>
      each.toLowerCase().includes(searched),
    ),
  );
  return (
    <Page
      title="Audit log"
      description="Every change to settings and models: the latest 500. Whoever made it is known by the beginning of their key’s hash."
    >
      {(audit.isPending || namesPending) && <Loading what="the audit log" />}
      {audit.error && (
        <Failure title="The audit log cannot be read" error={audit.error} retry={audit.refetch} />
      )}
      {audit.data && !namesPending && (
        <Card p={0}>
          <TextInput
            p="md"
            aria-label="Search the audit log"
            placeholder="Search by model, action or key"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          {shown.length === 0 ? (
            <Text p="md" c="dimmed">
              {audit.data.length === 0
                ? 'Nothing was changed yet. Edits, trainings and activations will be listed here.'
                : 'No entry contains this.'}
            </Text>
          ) : (
            <ol style={{ listStyle: 'none', margin: 0, padding: 0 }}>
              {shown.map((entry) => (
                <Entry key={JSON.stringify(entry)} entry={entry} own={session?.actor ?? null} names={names} />
              ))}
            </ol>
          )}
        </Card>
      )}
    </Page>
  );
}

interface EntryProps {
  readonly entry: AuditEntry;
  readonly own: string | null;
  /** of models, by id */
  readonly names: ReadonlyMap<string, string>;
}

function Entry({ entry, own, names }: EntryProps) {
  const { at, actor, resource, changes = [] } = entry;
  const [open, setOpen] = useState(false);
  return (
    <li className="audit-entry">
      <Text size="sm" c="dimmed">
        {moment(at)}
        <Text span size="xs" display="block">
          {ago(at, Date.now())}
        </Text>
      </Text>
      <Text size="sm" c="dimmed">
        {actorWords(actor, own)}
      </Text>
      <div>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          <span className="name">{stripBidiControls(auditWords(entry, names))}</span>
        </Text>
        {changes.length > 0 && (
          <Anchor
            component="button"
            type="button"
            size="sm"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {open ? 'Hide' : 'Show'} {formatCount(changes.length, 'change')}
          </Anchor>
        )}
        {open && <ChangesTable caption={`What was changed in ${resource}`} changes={changes} />}
      </div>
    </li>
  );
}
