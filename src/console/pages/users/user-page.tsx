// One user: affinities by profile beside the population's, the boost plan of a search of theirs, and their latest events.
import './users.css';
import { Alert, Button, Select, SimpleGrid, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { formatCount } from '../../../core/format-count.js';
import { ApiError } from '../../api/request.js';
import { useUser } from '../../api/users.js';
import { Failure } from '../../components/feedback/failure.js';
import { Loading } from '../../components/feedback/loading.js';
import { Page } from '../../components/layout/page.js';
import { SectionCard } from '../../components/layout/section-card.js';
import { decodePathPart } from '../../lib/decode-path-part.js';
import { LIKELY_FROM, SURE_FROM } from '../../lib/words/taste-words.js';
import { AffinityBars } from './affinity-bars.js';
import { BoostTable } from './boost-table.js';
import { ExportAndErase } from './export-and-erase.js';
import { RecentEvents } from './recent-events.js';

const MULTIPLIED =
  'Scores of products with these values are multiplied by these factors. They are no tastes: values that nothing speaks for are ×1.00, so what was chosen at all is above it.';

const BACK = { to: '/people', label: 'Shoppers' } as const;

export function UserPage({ id: raw = '' }: { readonly id?: string }) {
  const id = decodePathPart(raw);
  const [category, setCategory] = useState('');
  const query = useUser(id, category);
  if (!query.data)
    return (
      <Page title={id} back={BACK}>
        {query.isPending && <Loading what="what is known of the shopper" />}
        {query.error instanceof ApiError && query.error.status === 404 ? (
          <Alert color="gray" title="Nothing is known of this id">
            No profile, no events and no running session. They are erased, never did anything, or the id is
            written otherwise in your events.
          </Alert>
        ) : (
          query.error && (
            <Failure title="The shopper cannot be read" error={query.error} retry={query.refetch} />
          )
        )}
      </Page>
    );
  const { profile, affinities, categories, recent, titles, plan, model, version } = query.data;
  const shown = affinities.filter((each) =>
    category === '' ? each.category === null : each.category === category,
  );
  return (
    <Page
      title={id}
      back={BACK}
      description={
        profile
          ? `Known by ${formatCount(profile.events, 'event')}, under version ${version} of the model “${model}”.`
          : 'No profile yet: what they did is newer than the last training.'
      }
      actions={
        <>
          <Button component={Link} href={`/preview?${new URLSearchParams({ user: id })}`} variant="light">
            Preview a search
          </Button>
          <ExportAndErase id={id} />
        </>
      }
    >
      <SectionCard
        id="tastes"
        title="Tastes"
        description={`Shares of each value in what they did, beside those of all shoppers. The number is their share ÷ that of all shoppers, all sources taken together: above ×1.00 they take more of it than others do, below ×1.00 less. With little known of them it stays near ×1.00. Below it stands how sure that is, by the events that speak of it: a guess below ${LIKELY_FROM}, sure from ${SURE_FROM}. What most events speak of is first.`}
        actions={
          categories.length > 0 && (
            <Select
              aria-label="Category"
              size="xs"
              searchable
              data={[
                { value: '', label: 'All products' },
                ...categories.map((each) => ({ value: each, label: each })),
              ]}
              value={category}
              allowDeselect={false}
              onChange={(next) => setCategory(next ?? '')}
            />
          )
        }
      >
        {shown.length === 0 ? (
          <Text c="dimmed">Nothing speaks for any value here.</Text>
        ) : (
          <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
            {shown.map((field) => (
              <AffinityBars key={field.field} field={field} />
            ))}
          </SimpleGrid>
        )}
      </SectionCard>
      <SectionCard
        id="boosts"
        title="What a search is boosted by"
        description={
          category === ''
            ? `A search over all products. ${MULTIPLIED}`
            : `A search inside ${category}. ${MULTIPLIED}`
        }
      >
        <BoostTable boosts={plan.boosts} />
      </SectionCard>
      <SectionCard id="recent" title="Latest events">
        <RecentEvents events={recent} titles={titles} />
      </SectionCard>
    </Page>
  );
}
