// The order of examples of what a variant changes, in the API and on screen.

export interface ExampleOrder {
  /** empty: everything of a category */
  readonly query: string;
  /** products among the first 10 that were not there before */
  readonly others: number;
  /** 0–1 */
  readonly change: number;
}

/** Searches by words first, as that is what shoppers see; then by the number that is shown, most first. */
export function compareExamples(a: ExampleOrder, b: ExampleOrder): number {
  return Number(a.query === '') - Number(b.query === '') || b.others - a.others || b.change - a.change;
}
