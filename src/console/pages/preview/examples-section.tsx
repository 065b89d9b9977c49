// Examples of what two lists do differently: the frequent searches of sample shoppers that change most, found piece by piece.
import { Alert, Button, Group, Progress, Stack, Text, UnstyledButton } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { PreviewVariant } from '../../../contract/preview.js';
import type { PreviewExample } from '../../../contract/preview-examples.js';
import { compareExamples } from '../../../core/explain/compare-examples.js';
import { formatCount } from '../../../core/format-count.js';
import { findExamples } from '../../api/preview.js';
import { SectionCard } from '../../components/layout/section-card.js';
import type { PreviewAddress } from '../../lib/preview/preview-address.js';

const SHOWN = 6;

interface ExamplesSectionProps {
  readonly catalog: string;
  /** one, against OFF, or two */
  readonly variants: readonly PreviewVariant[];
  readonly labels: readonly [string, string];
  /** what is shown now */
  readonly address: PreviewAddress;
  readonly onChoose: (change: Partial<PreviewAddress>) => void;
}

interface Search {
  readonly running: boolean;
  readonly compared: number;
  readonly total: number;
  readonly found: readonly PreviewExample[];
  readonly error: string | null;
}

const NONE: Search = { running: false, compared: 0, total: 0, found: [], error: null };

export function ExamplesSection(props: ExamplesSectionProps) {
  const { catalog, variants, labels, address, onChoose } = props;
  const [search, setSearch] = useState<Search | null>(null);
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);

  async function start() {
    stop.current = new AbortController();
    const { signal } = stop.current;
    setSearch({ ...NONE, running: true });
    try {
      for (let from: number | null = 0; from !== null; ) {
        const { compared, total, next, examples } = await findExamples({ catalog, variants, from }, signal);
        setSearch((before) => ({
          ...NONE,
          running: next !== null,
          compared,
          total,
          found: [...(before?.found ?? []), ...examples].sort(compareExamples),
        }));
        from = next;
      }
    } catch (error) {
      if (signal.aborted) return;
      const words = error instanceof Error ? error.message : String(error);
      setSearch((before) => ({ ...(before ?? NONE), running: false, error: words }));
    }
  }

  function cancel() {
    stop.current.abort();
    setSearch((before) => before && { ...before, running: false });
  }

  return (
    <SectionCard id="examples" title="Where it matters">
      <Text size="sm" c="dimmed">
        Which searches, of which shoppers, differ most between <span className="name">{labels[0]}</span> and{' '}
        <span className="name">{labels[1]}</span>?
      </Text>
      <Group gap="xs">
        <Button size="xs" variant="default" loading={search?.running ?? false} onClick={start}>
          Show me examples
        </Button>
        {search?.running && (
          <Button size="xs" variant="subtle" onClick={cancel}>
            Stop
          </Button>
        )}
      </Group>
      {search && <Found search={search} address={address} onChoose={onChoose} />}
    </SectionCard>
  );
}

interface FoundProps extends Pick<ExamplesSectionProps, 'address' | 'onChoose'> {
  readonly search: Search;
}

function Found({ search, address, onChoose }: FoundProps) {
  const { running, compared, total, found, error } = search;
  return (
    <Stack gap="xs">
      {running && <Progress value={total > 0 ? (100 * compared) / total : 0} aria-label="Comparing lists" />}
      {error !== null && (
        <Alert color="red" title="The examples cannot be found">
          {error}
        </Alert>
      )}
      <Text size="xs" c="dimmed" role="status">
        {total > 0 && `${compared} of ${formatCount(total, 'list')} compared. `}
        {!running && error === null && total === 0 && 'No search and no shopper is known yet.'}
        {!running && error === null && total > 0 && found.length === 0 && 'They are all the same.'}
      </Text>
      {found.length > 0 && (
        <Stack gap={2} component="ul" m={0} p={0} aria-label="Examples" style={{ listStyle: 'none' }}>
          {found.slice(0, SHOWN).map(({ query, category, user_id, user, others }) => (
            <li key={JSON.stringify([query, category, user_id])}>
              <UnstyledButton
                className="example"
                aria-current={isShown(address, query, category, user_id) || undefined}
                onClick={() => {
                  document.querySelector('.result-lists')?.scrollIntoView({ block: 'nearest' });
                  onChoose({
                    body: '',
                    query,
                    category: category ?? '',
                    identity: { kind: 'user', id: user_id },
                  });
                }}
              >
                <Text size="sm" fw={600} className="name">
                  {query === '' ? `Everything in ${category}` : `“${query}”`}
                </Text>
                <Text size="xs" c="dimmed" className="name two-lines" title={`${user_id} ${user}`}>
                  Shopper {user_id}
                  {user && user !== user_id && `: ${user}`}
                </Text>
                <Text size="xs">
                  {others} of the first 10 are others{others === 0 && ': the same in another order'}
                </Text>
              </UnstyledButton>
            </li>
          ))}
        </Stack>
      )}
    </Stack>
  );
}

function isShown({ body, query, category, identity }: PreviewAddress, ...example: readonly unknown[]) {
  const shown = [query, category || null, identity.kind === 'user' && identity.id];
  return body === '' && JSON.stringify(shown) === JSON.stringify(example);
}
