// What was typed into a field for a number from 0 to 100: the number, or what is wrong with it in words.

const NUMBER = /^[+\-−]?(\d+([.,]\d*)?|[.,]\d+)$/;

export type TypedNumber = { readonly number: number } | { readonly wrong: string };

/**
 * Nothing is rounded or cut to fit: 101, −5 and letters are told. A comma is a decimal point.
 * @param stays the number that goes on counting
 */
export function readTypedNumber(text: string, stays: number): TypedNumber {
  const typed = text.trim();
  const wrong = (what: string) => ({ wrong: `${what}: ${stays} stays.` });
  if (typed === '') return wrong('Nothing was typed');
  if (!NUMBER.test(typed)) return wrong(`“${shortened(typed)}” is not a number`);
  const number = Number(typed.replace(',', '.').replace('−', '-'));
  if (number > 100) return wrong(`${shortened(typed)} is more than 100`);
  if (number < 0) return wrong(`${shortened(typed)} is less than 0`);
  if (/[.,]\d{3}/.test(typed)) return wrong(`${shortened(typed)} has more than two decimals`);
  return { number: Math.abs(number) };
}

function shortened(text: string): string {
  return text.length > 12 ? `${text.slice(0, 11)}…` : text;
}
