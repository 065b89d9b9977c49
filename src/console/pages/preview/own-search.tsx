// The shop's own search in the preview: a body that is pasted, or one of the latest searches of shoppers.
import { Anchor, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useRecentSearches } from '../../api/events.js';
import type { PreviewAddress } from '../../lib/preview/preview-address.js';
import { readPasted } from '../../lib/preview/read-pasted.js';

const SHOWN_SEARCHES = 6;
/** As many characters as the API takes. */
const MAX_LENGTH = 200_000;

interface OwnSearchProps {
  /** empty: none is run */
  readonly body: string;
  readonly onChange: (change: Partial<PreviewAddress>) => void;
}

export function OwnSearch({ body, onChange }: OwnSearchProps) {
  const [text, setText] = useState(body);
  const [wrong, setWrong] = useState<string | null>(null);

  function run() {
    if (text.length > MAX_LENGTH)
      return setWrong(`It may have ${MAX_LENGTH.toLocaleString('en')} characters at most.`);
    const pasted = readPasted(text);
    setWrong(pasted.kind === 'wrong' ? pasted.words : null);
    if (pasted.kind === 'body') onChange({ body: pasted.body });
    if (pasted.kind === 'event') onChange(searchOf(pasted.query, pasted.userId));
  }

  return (
    <Stack gap="xs">
      <Textarea
        label="Your shop’s search"
        description="The JSON that your shop sends to _search, or a search event. Page and fields are the preview’s own."
        autosize
        minRows={4}
        maxRows={14}
        spellCheck={false}
        placeholder={'{ "query": { … } }'}
        styles={{ input: { fontFamily: 'monospace', fontSize: 12 } }}
        value={text}
        error={wrong}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group gap="xs">
        <Button size="xs" onClick={run} disabled={text.trim() === ''}>
          Run it
        </Button>
        {body !== '' && (
          <Button size="xs" variant="default" onClick={() => onChange({ body: '' })}>
            Back to words
          </Button>
        )}
      </Group>
      <RecentSearches onChange={onChange} />
    </Stack>
  );
}

function RecentSearches({ onChange }: Pick<OwnSearchProps, 'onChange'>) {
  const { data = [] } = useRecentSearches();
  // Of the same words, the latest search.
  const words = data.filter(
    ({ user_query }, at) => data.findIndex((each) => each.user_query === user_query) === at,
  );
  if (words.length === 0) return null;
  return (
    <Stack gap={4} role="group" aria-label="Latest searches of shoppers">
      <Text size="xs" c="dimmed">
        Or one that a shopper did just now:
      </Text>
      {words.slice(0, SHOWN_SEARCHES).map(({ user_query: query = '', user_id: userId = null }) => (
        <Anchor
          key={query}
          component="button"
          type="button"
          size="sm"
          ta="start"
          className="name"
          onClick={() => onChange(searchOf(query, userId))}
        >
          {query}
          {userId !== null && ` · ${userId}`}
        </Anchor>
      ))}
    </Stack>
  );
}

/** The words of an event, searched by who sent it. */
function searchOf(query: string, userId: string | null): Partial<PreviewAddress> {
  return {
    body: '',
    query,
    category: '',
    ...(userId !== null && { identity: { kind: 'user', id: userId } }),
  };
}
