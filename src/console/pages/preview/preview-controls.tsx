// The controls of the preview: the search, who searches, what stands beside OFF, and which fields of a product are shown.
import {
  Accordion,
  Autocomplete,
  MultiSelect,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useDebouncedCallback, useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { useFields, useValues } from '../../api/catalog.js';
import { useSession } from '../../api/session.js';
import { SectionCard } from '../../components/layout/section-card.js';
import {
  identityWords,
  MAX_SHOWN_FIELDS,
  type PreviewAddress,
  type ShownFields,
} from '../../lib/preview/preview-address.js';
import type { VariantOption } from '../../lib/preview/variant-options.js';
import { IdentityChoice } from './identity-choice.js';
import { ImpactChoice } from './impact-choice.js';
import { OwnSearch } from './own-search.js';
import { VariantChoice } from './variant-choice.js';

const TYPING_MS = 300;

interface PreviewControlsProps {
  readonly address: PreviewAddress;
  readonly catalog: string;
  /** affinity fields of the models, for a made-up shopper */
  readonly fields: readonly string[];
  /** shown of a product besides title and id */
  readonly shownFields: readonly string[];
  readonly options: readonly VariantOption[];
  readonly chosen: readonly VariantOption[];
  readonly onChange: (change: Partial<PreviewAddress>) => void;
  /** stands below the controls */
  readonly children: ReactNode;
}

export function PreviewControls(props: PreviewControlsProps) {
  const { address, catalog, fields, shownFields, options, chosen, onChange, children } = props;
  const { identity, impact, shown } = address;
  return (
    <Stack gap="lg">
      <SearchSection address={address} catalog={catalog} onChange={onChange} />
      <ControlCard id="shopper" title="Shopper" summary={identityWords(identity)}>
        <IdentityChoice
          catalog={catalog}
          fields={fields}
          identity={identity}
          onChange={(next) => onChange({ identity: next })}
        />
      </ControlCard>
      <ControlCard id="models" title="Beside OFF" summary={chosen.map(({ label }) => label).join(', ')}>
        <VariantChoice
          options={options}
          chosen={chosen.map(({ key }) => key)}
          onChange={(variants) => onChange({ variants })}
        />
        <ImpactChoice impact={impact} chosen={chosen} onChange={(next) => onChange({ impact: next })} />
      </ControlCard>
      <ControlCard
        id="shown"
        title="What is shown of a product"
        summary={[shown.title, shown.image].filter(Boolean).join(', ') || 'As the catalog is set up'}
      >
        <ShownFieldsChoice
          catalog={catalog}
          value={shown}
          fields={shownFields}
          onChange={(next) => onChange({ shown: next })}
        />
      </ControlCard>
      {children}
    </Stack>
  );
}

type SearchSectionProps = Pick<PreviewControlsProps, 'address' | 'catalog' | 'onChange'>;

/** Words and category are kept here while they are typed; the address follows after a pause. */
function SearchSection({ address, catalog, onChange }: SearchSectionProps) {
  const [words, setWords] = useState(address.query);
  const [category, setCategory] = useState(address.category);
  // One timer for each: with a shared one, typing in the second field at once would drop what was typed in the first.
  const changeQuery = useDebouncedCallback((query: string) => onChange({ query }), TYPING_MS);
  const changeCategory = useDebouncedCallback((next: string) => onChange({ category: next }), TYPING_MS);
  const { data: session } = useSession();
  const categoryField = session?.catalogs.find(({ name }) => name === catalog)?.categoryField ?? '';
  const categories = useValues(catalog, categoryField, address.category, categoryField !== '');
  const [own, setOwn] = useState(address.body !== '');
  // What is chosen elsewhere, an example or an event, is what stands here.
  const [asked, setAsked] = useState(address);
  if (asked.query !== address.query || asked.category !== address.category || asked.body !== address.body) {
    setAsked(address);
    if (words.trim() !== address.query) setWords(address.query);
    if (category.trim() !== address.category) setCategory(address.category);
    setOwn(address.body !== '');
  }
  const choice = (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label="How to search"
      value={own ? 'own' : 'words'}
      onChange={(next) => {
        setOwn(next === 'own');
        if (next === 'words' && address.body !== '') onChange({ body: '' });
      }}
      data={[
        { value: 'words', label: 'Words' },
        { value: 'own', label: 'Your shop’s' },
      ]}
    />
  );
  if (own)
    return (
      <SectionCard id="search" title="Search">
        {choice}
        <OwnSearch body={address.body} onChange={onChange} />
      </SectionCard>
    );
  return (
    <SectionCard id="search" title="Search">
      {choice}
      <TextInput
        label="Words"
        placeholder="Empty: everything"
        maxLength={1024}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          changeQuery(event.currentTarget.value.trim());
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
          changeCategory(text.trim());
        }}
      />
    </SectionCard>
  );
}

interface ControlCardProps {
  readonly id: string;
  readonly title: string;
  /** what is chosen, shown while the accordion is closed */
  readonly summary: string;
  readonly children: ReactNode;
}

function ControlCard({ id, title, summary, children }: ControlCardProps) {
  const narrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  if (!narrow)
    return (
      <SectionCard id={id} title={title}>
        {children}
      </SectionCard>
    );
  return (
    <Accordion variant="separated" order={2}>
      <Accordion.Item value={id} bg="var(--mantine-color-body)">
        <Accordion.Control>
          <Text fw={650}>{title}</Text>
          <Text size="sm" c="dimmed" className="name" lineClamp={1}>
            {summary}
          </Text>
        </Accordion.Control>
        <Accordion.Panel>{children}</Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

interface ShownFieldsChoiceProps {
  readonly catalog: string;
  readonly value: ShownFields;
  readonly fields: readonly string[];
  readonly onChange: (value: ShownFields) => void;
}

function ShownFieldsChoice({ catalog, value, fields: shown, onChange }: ShownFieldsChoiceProps) {
  const fields = useFields(catalog);
  const names = (fields.data ?? []).map(({ field }) => field);
  return (
    <Stack gap="sm">
      <Select
        label="Title from"
        placeholder="As the catalog is set up"
        data={names}
        searchable
        clearable
        value={value.title}
        onChange={(title) => onChange({ ...value, title })}
      />
      <Select
        label="Picture from"
        placeholder="As the catalog is set up"
        data={names}
        searchable
        clearable
        value={value.image}
        onChange={(image) => onChange({ ...value, image })}
      />
      <MultiSelect
        label="And besides"
        data={[...new Set([...names, ...shown])]}
        searchable
        maxValues={MAX_SHOWN_FIELDS}
        value={[...shown]}
        onChange={(fields) => onChange({ ...value, fields })}
      />
    </Stack>
  );
}
