// A text field for a number from 0 to 100: what is typed stays as it is while one types, and what is wrong is told.
import { useState } from 'react';
import { readTypedNumber } from '../../lib/model/typed-number.js';

interface Typed {
  readonly text: string;
  /** the value when it was typed: a slider that moves since makes it old */
  readonly value: number;
}

/** Props of the field, and what is wrong with what was typed last; it is told until the value changes. */
export function useTypedNumber(value: number, onChange: (value: number) => void) {
  const [typed, setTyped] = useState<Typed | null>(null);
  const [typing, setTyping] = useState(false);
  const current = typed?.value === value ? typed : null;
  const read = current && readTypedNumber(current.text, value);
  const wrong = read && 'wrong' in read ? read.wrong : null;
  return {
    wrong,
    field: {
      inputMode: 'decimal' as const,
      maxLength: 40,
      autoComplete: 'off',
      value: typing && current ? current.text : String(value),
      onChange(event: { readonly currentTarget: { readonly value: string } }) {
        const text = event.currentTarget.value;
        const next = readTypedNumber(text, value);
        setTyping(true);
        setTyped({ text, value: 'number' in next ? next.number : value });
        if ('number' in next) onChange(next.number);
      },
      onBlur: () => setTyping(false),
    },
  };
}
