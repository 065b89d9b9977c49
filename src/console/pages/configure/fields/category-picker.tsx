// Picks the categories of an override, searched on the server as there may be thousands.
import { Group, MultiSelect, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useValues } from '../../../api/catalog.js';

const TYPING_MS = 200;

interface CategoryPickerProps {
  readonly catalog: string;
  readonly field: string;
  readonly value: readonly string[];
  /** categories of other overrides */
  readonly taken: readonly string[];
  readonly error: string | null;
  readonly disabled: boolean;
  readonly onChange: (categories: string[]) => void;
}

export function CategoryPicker({
  catalog,
  field,
  value,
  taken,
  error,
  disabled,
  onChange,
}: CategoryPickerProps) {
  const [text, setText] = useState('');
  const [searched] = useDebouncedValue(text.trim(), TYPING_MS);
  const values = useValues(catalog, field, searched);
  const counts = new Map((values.data?.values ?? []).map((each) => [each.value, each.count]));
  const free = [...counts.keys()].filter((name) => !value.includes(name) && !taken.includes(name));
  const settled = searched === text.trim() && !values.isFetching;
  /** The field was left, or Enter was pressed, with a text that is no category. */
  const [unchosen, setUnchosen] = useState(false);
  // Mantine empties the text when the field is left: what was half typed stays, with what to do about it.
  const leaving = useRef(false);
  const told = unchosen && text.trim() !== '' ? unchosenWords(text.trim(), free) : null;
  const names = [...new Set([...counts.keys(), ...value])];
  /** Takes the one match, unless one is pointed at. */
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const pointedAt = event.currentTarget.getAttribute('aria-activedescendant');
    if (event.key !== 'Enter' || pointedAt || text.trim() === '') return;
    event.preventDefault();
    const [only, ...others] = free;
    if (settled && only !== undefined && others.length === 0) {
      onChange([...value, only]);
      setText('');
    } else setUnchosen(true);
  }

  return (
    <MultiSelect
      label="Categories"
      description={descriptionOf(values.data?.more ?? false, values.isError)}
      placeholder={value.length === 0 ? 'Search categories' : ''}
      searchable
      searchValue={text}
      onSearchChange={(next) => {
        if (leaving.current) return;
        setText(next);
        setUnchosen(false);
      }}
      onFocus={() => {
        leaving.current = false;
      }}
      onBlur={() => {
        leaving.current = true;
        setUnchosen(true);
      }}
      onKeyDown={onKeyDown}
      data={names.map((name) => ({ value: name, label: name, disabled: taken.includes(name) }))}
      // The server has searched already. Chosen categories stay in `data`, which the pills take their labels from.
      filter={({ options }) => options.filter((option) => 'value' in option && counts.has(option.value))}
      renderOption={({ option }) => (
        <Group justify="space-between" wrap="nowrap" gap="md" w="100%">
          <Text size="sm" className="name two-lines" style={{ overflowWrap: 'anywhere' }}>
            {option.label}
          </Text>
          <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
            {taken.includes(option.value)
              ? 'in another override'
              : `${(counts.get(option.value) ?? 0).toLocaleString('en')} products`}
          </Text>
        </Group>
      )}
      nothingFoundMessage={values.isFetching ? 'Searching…' : 'No category contains this.'}
      maxDropdownHeight={320}
      value={[...value]}
      error={told ?? error}
      // The open list would cover it below the field.
      inputWrapperOrder={['label', 'description', 'error', 'input']}
      disabled={disabled}
      onChange={(next) => {
        onChange(next);
        setText('');
      }}
    />
  );
}

function unchosenWords(text: string, free: readonly string[]): string {
  const [only] = free;
  if (only === undefined)
    return `No category that is free contains “${text}”: empty the field, or type another.`;
  return free.length === 1
    ? `“${text}” is not chosen yet: press Enter to take ${only}, or empty the field.`
    : `“${text}” is in several categories: choose one of the list, or empty the field.`;
}

function descriptionOf(more: boolean, failed: boolean): string {
  if (failed) return 'The categories cannot be read right now.';
  return more ? 'The largest ones are listed; search for others.' : 'With the number of their products.';
}
