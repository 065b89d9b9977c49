// What shoppers would see: one search, one shopper, OFF beside up to three models, with the reasons.
import { Alert, Autocomplete, Button, Card, Checkbox, Stack, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { useValues } from '../../api/catalog.js';
import { useModels } from '../../api/models.js';
import { usePreview } from '../../api/preview.js';
import type { PlainHit } from '../../api/preview-types.js';
import { useSession } from '../../api/session.js';
import { useSettings } from '../../api/settings.js';
import type { ModelView } from '../../api/types.js';
import { Failure } from '../../components/feedback/failure.js';
import { Loading } from '../../components/feedback/loading.js';
import { StrengthSlider } from '../../components/inputs/strength-slider.js';
import { Page } from '../../components/layout/page.js';
import { SectionCard } from '../../components/layout/section-card.js';
import {
  identityWords,
  type PreviewAddress,
  readPreviewAddress,
  writePreviewAddress,
} from '../../lib/preview/preview-address.js';
import { chosenOptions, variantOptions } from '../../lib/preview/variant-options.js';
import { ControlCard } from './control-card.js';
import { IdentityChoice } from './identity-choice.js';
import { ResultLists } from './result-lists.js';
import { ShownFieldsChoice } from './shown-fields-choice.js';
import { type Clicked, SimulatedSession } from './simulated-session.js';
import { VariantChoice } from './variant-choice.js';

const HITS = 24;
const TYPING_MS = 300;
/** As many as the API takes. */
const MAX_CLICKS = 100;

export function PreviewPage() {
  const models = useModels();
  const { data: settings } = useSettings();
  const off = settings?.data.personalization.enabled === false;
  const trained = models.data?.some(({ version }) => version > 0);
  return (
    <Page
      title="Preview"
      wide
      description="What a search shows one shopper, without personalization and with it. Nothing here changes what your shoppers see."
    >
      {models.isPending && <Loading what="the models" />}
      {models.error && (
        <Failure title="The models cannot be read" error={models.error} retry={models.refetch} />
      )}
      {models.data && !trained && (
        <Alert color="blue" title="No model is trained yet">
          <Stack gap="sm" align="flex-start">
            A preview needs the profiles that a training makes of your events.
            <Button component={Link} href="/personalization" size="xs">
              Go to the models
            </Button>
          </Stack>
        </Alert>
      )}
      {off && (
        <Alert color="gray">
          Personalization is switched off: until it is on again, your shoppers see what stands under OFF.
        </Alert>
      )}
      {models.data && trained && <Preview models={models.data} />}
    </Page>
  );
}

function Preview({ models }: { readonly models: readonly ModelView[] }) {
  const [search, setSearch] = useSearchParams();
  const place = readPreviewAddress(search);
  const { shown } = place;
  const [text, setText] = useState(place.query);
  const [category, setCategory] = useState(place.category);
  const [clicks, setClicks] = useState<readonly Clicked[]>([]);
  const { data: session } = useSession();

  const go = (change: Partial<PreviewAddress>) =>
    setSearch((current) => writePreviewAddress({ ...readPreviewAddress(current), ...change }), {
      replace: true,
    });
  // Each for itself: who goes on to the second field at once would lose the first.
  const typeQuery = useDebouncedCallback((query: string) => go({ query }), TYPING_MS);
  const typeCategory = useDebouncedCallback((inside: string) => go({ category: inside }), TYPING_MS);

  const options = variantOptions(models, sessionStorage);
  const chosen = chosenOptions(options, place.variants);
  const catalog = chosen[0]?.catalog ?? '';
  const fields = [
    ...new Set(models.flatMap(({ globalAffinityFields }) => globalAffinityFields.map(({ field }) => field))),
  ];
  const answer = usePreview({
    catalog,
    query: place.query,
    category: place.category === '' ? null : place.category,
    size: HITS,
    who:
      place.who.kind === 'user'
        ? { user_id: place.who.id }
        : place.who.kind === 'made'
          ? { persona: { affinities: place.who.affinities } }
          : {},
    session: clicks.map(({ id }) => ({ action: 'click', object_id: id })),
    variants: chosen.map(({ variant }) => ({
      ...variant,
      ...(place.impact !== null && { impact: place.impact }),
    })),
    ...(shown.title !== null && { title_field: shown.title }),
    ...(shown.image !== null && { image_field: shown.image }),
  });
  const click = ({ id, title }: PlainHit) =>
    setClicks((before) => [...before, { id, title: title || id }].slice(-MAX_CLICKS));
  const categoryField = session?.catalogs.find(({ index }) => index === catalog)?.categoryField ?? '';
  const categories = useValues(catalog, categoryField, place.category, categoryField !== '');

  return (
    <div className="preview-layout">
      <Stack gap="lg">
        <SectionCard id="search" title="Search">
          <TextInput
            label="Words"
            placeholder="Empty: everything"
            maxLength={1024}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              typeQuery(event.currentTarget.value.trim());
            }}
          />
          <Autocomplete
            label="Inside a category"
            placeholder="Empty: all"
            maxLength={512}
            limit={20}
            data={(categories.data?.values ?? []).map(({ value }) => value)}
            value={category}
            onChange={(text) => {
              setCategory(text);
              typeCategory(text.trim());
            }}
          />
        </SectionCard>
        <ControlCard id="shopper" title="Shopper" summary={identityWords(place.who)}>
          <IdentityChoice catalog={catalog} fields={fields} who={place.who} onChange={(who) => go({ who })} />
        </ControlCard>
        <ControlCard id="models" title="Beside OFF" summary={chosen.map(({ label }) => label).join(', ')}>
          <VariantChoice
            options={options}
            chosen={chosen.map(({ key }) => key)}
            onChange={(variants) => go({ variants })}
          />
          <Checkbox
            label="Try another impact"
            checked={place.impact !== null}
            onChange={(event) => go({ impact: event.currentTarget.checked ? 50 : null })}
          />
          {place.impact !== null && (
            <StrengthSlider
              label="Impact"
              description="0 is OFF; the order changes more the higher it is."
              value={place.impact}
              onChange={(impact) => go({ impact })}
              finding={null}
              disabled={false}
            />
          )}
        </ControlCard>
        <ControlCard
          id="shown"
          title="What is shown of a product"
          summary={[shown.title, shown.image].filter(Boolean).join(', ') || 'As the catalog is set up'}
        >
          <ShownFieldsChoice catalog={catalog} value={shown} onChange={(next) => go({ shown: next })} />
        </ControlCard>
      </Stack>
      <Stack gap="md" style={{ minWidth: 0 }}>
        <Card p="sm">
          <SimulatedSession clicks={clicks} onChange={setClicks} />
        </Card>
        {answer.isPending && <Loading what="the lists" />}
        {answer.error && (
          <Failure title="The preview cannot be shown" error={answer.error} retry={answer.refetch} />
        )}
        {answer.data && <ResultLists answer={answer.data} stale={answer.isPlaceholderData} onClick={click} />}
      </Stack>
    </div>
  );
}
