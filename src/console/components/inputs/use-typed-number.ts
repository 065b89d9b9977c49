// A text field for a number from 0 to 100: what is typed stays as it is while one types, and what is wrong is told and
// leaves the number that was there before.
import { useState } from 'react';
import { readTypedNumber } from '../../lib/model/typed-number.js';

interface Typed {
  readonly text: string;
  /** the value when it was typed: a slider that moves since makes it old */
  readonly value: number;
  /** the value when typing began: it comes back where the typing ends in what is wrong, as with 10 on the way to 101 */
  readonly began: number;
}

/** Props of the field, and what is wrong with what was typed last; it is told until the value changes. */
export function useTypedNumber(value: number, onChange: (value: number) => void) {
  const [typed, setTyped] = useState<Typed | null>(null);
  const [typing, setTyping] = useState(false);
  const current = typed?.value === value ? typed : null;
  const read = current && readTypedNumber(current.text, current.began);
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
        const began = typing && current ? current.began : value;
        const read = readTypedNumber(text, began);
        const next = 'number' in read ? read.number : began;
        setTyping(true);
        setTyped({ text, value: next, began });
        if (next !== value) onChange(next);
      },
      onBlur: () => setTyping(false),
    },
  };
}
