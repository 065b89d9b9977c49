// The preview: one search of one shopper, without personalization beside up to three models, with what moved each product.
import './preview.css';
import { Button, Card, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import type { CatalogField } from '../../../contract/catalog.js';
import type { ModelView } from '../../../contract/model.js';
import type { BaselineHit, PreviewAnswer, PreviewCause, PreviewInput } from '../../../contract/preview.js';
import { useFields } from '../../api/catalog.js';
import { useModels } from '../../api/models.js';
import { usePreview } from '../../api/preview.js';
import { useProxyUrl } from '../../api/session.js';
import { SAMPLE_SIZE, useUsers } from '../../api/users.js';
import { Failure } from '../../components/feedback/failure.js';
import { Loading } from '../../components/feedback/loading.js';
import { Page } from '../../components/layout/page.js';
import { UnsavedEdits } from '../../components/model/unsaved-edits.js';
import { useOn } from '../../components/model/use-model-steps.js';
import { curlCaveat, curlSnippet } from '../../lib/preview/curl-snippet.js';
import {
  type Identity,
  type PreviewAddress,
  readPreviewAddress,
  writePreviewAddress,
} from '../../lib/preview/preview-address.js';
import {
  chosenOptions,
  triedImpact,
  untrainedOptions,
  type VariantOption,
  variantOptions,
} from '../../lib/preview/variant-options.js';
import { ExamplesSection } from './examples-section.js';
import { NothingFound } from './nothing-found.js';
import { PreviewControls } from './preview-controls.js';
import { ResultLists } from './result-lists.js';
import { isWithout, SeenWithout, type Watched, watch } from './seen-without.js';
import { type Clicked, SimulatedSession } from './simulated-session.js';
import { SwitchedOff, SwitchOff } from './switched-off.js';
import { UntrainedAlert } from './untrained-alert.js';

const HITS = 24;
/** As many as the API takes. */
const MAX_CLICKS = 100;

export function PreviewPage() {
  const models = useModels();
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
      {models.data?.map((model) => (
        <UnsavedEdits key={model.id} model={model} />
      ))}
      {models.data && <Preview models={models.data} />}
    </Page>
  );
}

function Preview({ models }: { readonly models: readonly ModelView[] }) {
  const [search, setSearch] = useSearchParams();
  const [clicks, setClicks] = useState<readonly Clicked[]>([]);
  const [withControls, setWithControls] = useState(true);
  const read = readPreviewAddress(search);
  // One that is too long for the address is kept here.
  const [body, setBody] = useState(read.body);
  const sample = useUsers('', SAMPLE_SIZE);
  const address = {
    ...read,
    body,
    identity: sampled(read.identity, sample.data?.[0]?.user_id, sample.isPending),
  };
  const { shown, identity, without } = address;

  function change(changed: Partial<PreviewAddress>) {
    if (changed.body !== undefined) setBody(changed.body);
    setSearch((current) => writePreviewAddress({ ...readPreviewAddress(current), ...changed }), {
      replace: true,
    });
  }

  const on = useOn();
  const proxy = useProxyUrl();
  const [watched, setWatched] = useState<Watched | null>(null);
  const options = variantOptions(models, sessionStorage, on);
  const chosen = chosenOptions(options, address.variants);
  const untrained = untrainedOptions(options, address.variants);
  const catalog = chosen[0]?.catalog ?? '';
  const catalogFields = useFields(catalog);
  const fields = shown.fields ?? priceFields(catalogFields.data ?? []);
  const affinityFields = models.flatMap(({ globalAffinityFields }) =>
    globalAffinityFields.map(({ field }) => field),
  );
  const tried = triedImpact(chosen, address.impact);
  const lists = tried ? [...chosen, tried] : chosen;
  const variants = lists.map(({ variant }) => variant);
  const input: PreviewInput = {
    catalog,
    ...(body === ''
      ? { query: address.query, category: address.category === '' ? null : address.category }
      : { body }),
    size: HITS,
    who: whoOf(identity),
    session: clicks.map(({ id }) => ({ action: 'click', object_id: id })),
    without: without.length > 0 ? without : undefined,
    variants,
    fields,
    title_field: shown.title ?? undefined,
    image_field: shown.image ?? undefined,
  };
  const preview = usePreview(input, identity.kind !== 'sample' && !catalogFields.isPending);
  const click = ({ id, title }: BaselineHit) =>
    setClicks((before) => [...before, { id, title: title || id }].slice(-MAX_CLICKS));
  const switchOff = (cause: PreviewCause, product: string, { variants: before }: PreviewAnswer) => {
    setWatched(watch(input, cause, product, before));
    change({ without: [...without, cause] });
  };
  const curlOf = (request: PreviewAnswer['request']) => (option: VariantOption | null) => {
    const variant = option?.variant ?? null;
    const left = without.length;
    const asked = { proxy, request, identity, variant, clicks: clicks.length, without: left, on };
    return { snippet: curlSnippet(asked), caveat: curlCaveat(asked) };
  };
  const [first, second] = lists;

  return (
    <Stack gap="md">
      {untrained.map(({ key, name }) => (
        <UntrainedAlert key={key} id={key} name={name} />
      ))}
      {first && (
        <div className={`preview-layout ${withControls ? '' : 'without-controls'}`}>
          {withControls && (
            <PreviewControls
              address={address}
              catalog={catalog}
              fields={[...new Set(affinityFields)]}
              shownFields={fields}
              options={options}
              chosen={chosen}
              onChange={change}
            >
              <ExamplesSection
                key={JSON.stringify(variants)}
                catalog={catalog}
                variants={variants.slice(0, 2)}
                address={address}
                labels={second ? [first.label, second.label] : ['OFF', first.label]}
                onChoose={change}
              />
            </PreviewControls>
          )}
          <Stack gap="md" style={{ minWidth: 0 }}>
            <Card p="sm">
              <Group justify="space-between" gap="sm">
                <SimulatedSession clicks={clicks} onChange={setClicks} />
                <Button size="compact-sm" variant="default" onClick={() => setWithControls(!withControls)}>
                  {withControls ? 'Hide the controls' : 'Show the controls'}
                </Button>
              </Group>
              <SwitchedOff causes={without} onChange={(causes) => change({ without: causes })} />
              {watched && isWithout(watched, input) && <SeenWithout watched={watched} input={input} />}
            </Card>
            {(preview.isPending || (preview.isPlaceholderData && preview.data.total === 0)) && (
              <Loading what="the lists" />
            )}
            {preview.error && (
              <Failure title="The preview cannot be shown" error={preview.error} retry={preview.refetch} />
            )}
            {preview.data?.total === 0 && !preview.error && !preview.isPlaceholderData && (
              <NothingFound catalog={catalog} asked={address} onChange={change} />
            )}
            {preview.data && preview.data.total > 0 && !preview.error && (
              <SwitchOff value={(cause, product) => switchOff(cause, product, preview.data)}>
                <ResultLists
                  preview={preview.data}
                  chosen={lists}
                  stale={preview.isPlaceholderData}
                  fields={fields}
                  hidden={address.hidden}
                  curl={curlOf(preview.data.request)}
                  onHide={(hidden) => change({ hidden })}
                  onClick={click}
                />
              </SwitchOff>
            )}
          </Stack>
        </div>
      )}
    </Stack>
  );
}

/** Nobody is known before a training: then it is a visitor who searches. */
function sampled(identity: Identity, first: string | undefined, reading: boolean): Identity {
  if (identity.kind !== 'sample' || reading) return identity;
  return first === undefined ? { kind: 'visitor' } : { kind: 'user', id: first };
}

/** The first number field that goes by the name of a price. */
function priceFields(fields: readonly CatalogField[]): string[] {
  const price = fields.find(({ field, type }) => type === 'number' && /price/i.test(field));
  return price ? [price.field] : [];
}

/** As the API takes it. */
function whoOf(identity: Identity): PreviewInput['who'] {
  switch (identity.kind) {
    case 'user':
      return { user_id: identity.id };
    case 'persona':
      return { persona: { affinities: identity.affinities } };
    case 'visitor':
    case 'sample':
      return {};
  }
}
