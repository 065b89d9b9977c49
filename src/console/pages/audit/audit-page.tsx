// Who changed what, newest first.
import { Badge, Card, ScrollArea, Table, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAudit, useSession } from '../../api/session.js';
import { Failure } from '../../components/failure.js';
import { Loading } from '../../components/loading.js';
import { Page } from '../../components/page.js';
import { actorWords } from '../../lib/actor-words.js';
import { ago, moment } from '../../lib/time-words.js';

export function AuditPage() {
  const audit = useAudit();
  const { data: session } = useSession();
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const shown = (audit.data ?? []).filter(({ actor, action, resource, detail }) =>
    [actor, action, resource, detail].some((each) => each.toLowerCase().includes(wanted)),
  );
  return (
    <Page
      title="Audit log"
      description="Every change to settings and models: the latest 500. People are known by the beginning of their key’s hash."
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
            <ScrollArea tabIndex={0} role="region" aria-label="Entries">
              <Table verticalSpacing="sm" horizontalSpacing="md" miw={620}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>When</Table.Th>
                    <Table.Th>Who</Table.Th>
                    <Table.Th>Action</Table.Th>
                    <Table.Th>On</Table.Th>
                    <Table.Th>Detail</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {shown.map((entry) => (
                    <Table.Tr
                      key={`${entry.at} ${entry.actor} ${entry.action} ${entry.resource} ${entry.detail}`}
                    >
                      <Table.Td title={moment(entry.at)} style={{ whiteSpace: 'nowrap' }}>
                        {ago(entry.at, Date.now())}
                      </Table.Td>
                      <Table.Td>{actorWords(entry.actor, session?.actor ?? null)}</Table.Td>
                      <Table.Td>
                        <Badge color="gray">{entry.action}</Badge>
                      </Table.Td>
                      <Table.Td>{entry.resource}</Table.Td>
                      <Table.Td maw={320} style={{ overflowWrap: 'anywhere' }}>
                        {entry.detail}
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </ScrollArea>
          )}
        </Card>
      )}
    </Page>
  );
}
