// A preview that found nothing, and which of what was asked for is to blame: the words, the category, or the shop's own search.
import { Button, Card, Group, Text } from '@mantine/core';
import { useValues } from '../../api/catalog.js';
import { useSession } from '../../api/session.js';
import type { PreviewAddress } from '../../lib/preview/preview-address.js';

const SHOWN_CATEGORIES = 6;

interface NothingFoundProps {
  readonly catalog: string;
  readonly asked: Pick<PreviewAddress, 'query' | 'category' | 'body'>;
  readonly onChange: (change: Partial<PreviewAddress>) => void;
}

export function NothingFound({ catalog, asked: { query, category, body }, onChange }: NothingFoundProps) {
  const { data: session } = useSession();
  const field = session?.catalogs.find(({ name }) => name === catalog)?.categoryField ?? '';
  const inCategory = body === '' && category !== '';
  const { data, isPlaceholderData: stale } = useValues(catalog, field, category, inCategory && field !== '');
  const alike = (stale ? undefined : data?.values)?.map(({ value }) => value);
  const isCategory = alike?.includes(category) || data?.more;
  const offered = inCategory && !isCategory ? (alike ?? []).slice(0, SHOWN_CATEGORIES) : [];
  return (
    <Card p="md">
      <Text role="status" className="name" style={{ overflowWrap: 'anywhere' }}>
        {words()}
      </Text>
      <Group gap="xs" mt={inCategory ? 'sm' : 0}>
        {offered.map((value) => (
          <Button
            key={value}
            size="compact-sm"
            variant="default"
            onClick={() => onChange({ category: value })}
          >
            <span className="name">{value}</span>
          </Button>
        ))}
        {inCategory && (
          <Button size="compact-sm" variant="subtle" onClick={() => onChange({ category: '' })}>
            All categories
          </Button>
        )}
      </Group>
    </Card>
  );

  function words(): string {
    if (body !== '') return 'Your shop’s search finds no product of this catalog.';
    if (!inCategory)
      return query === ''
        ? 'This catalog has no products.'
        : 'No product of the catalog has all these words. Try fewer, or none for everything.';
    if (alike === undefined) return 'No product is in this category with these words.';
    if (isCategory) return `No product of the category “${category}” has all these words. Try fewer.`;
    return offered.length > 0
      ? `“${category}” is no category of this catalog. These contain it:`
      : `“${category}” is no category of this catalog, and none contains it.`;
  }
}
