// The audit log: who changed what and when, newest first.
import './audit.css';
import { Anchor, Card, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AuditEntry } from '../../../contract/audit.js';
import { formatCount } from '../../../core/format-count.js';
import { useAudit, useSession } from '../../api/session.js';
import { Failure } from '../../components/feedback/failure.js';
import { Loading } from '../../components/feedback/loading.js';
import { Page } from '../../components/layout/page.js';
import { ChangesTable } from '../../components/tables/changes-table.js';
import { actorWords } from '../../lib/words/actor-words.js';
import { ago, moment } from '../../lib/words/time-words.js';

export function AuditPage() {
  const audit = useAudit();
  const { data: session } = useSession();
  const [text, setText] = useState('');
  const searched = text.trim().toLowerCase();
  const shown = (audit.data ?? []).filter(({ actor, action, resource, detail }) =>
    [actor, action, resource, detail].some((each) => each.toLowerCase().includes(searched)),
  );
  return (
    <Page
      title="Audit log"
      description="Every change to settings and models: the latest 500. Whoever made it is known by the beginning of their key’s hash."
    >
      {audit.isPending && <Loading what="the audit log" />}
      {audit.error && (
        <Failure title="The audit log cannot be read" error={audit.error} retry={audit.refetch} />
      )}
      {audit.data && (
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
                <Entry key={JSON.stringify(entry)} entry={entry} own={session?.actor ?? null} />
              ))}
            </ol>
          )}
        </Card>
      )}
    </Page>
  );
}

function Entry({ entry, own }: { readonly entry: AuditEntry; readonly own: string | null }) {
  const { at, actor, action, resource, detail, changes = [] } = entry;
  const [open, setOpen] = useState(false);
  return (
    <li className="audit-entry">
      <Text size="sm" c="dimmed" title={moment(at)}>
        {ago(at, Date.now())}
      </Text>
      <Text size="sm" c="dimmed">
        {actorWords(actor, own)}
      </Text>
      <div>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          <b>{action.replaceAll('-', ' ')}</b> <span className="name">{resource}</span>
          {detail && (
            <>
              : <span className="name">{detail}</span>
            </>
          )}
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
