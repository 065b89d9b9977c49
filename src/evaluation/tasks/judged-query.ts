// One judged query: whose it is, where, what could be shown, and which of it was right.
import type { MeasureId } from '../../core/model/measures.js';
import type { PlanRequest } from '../evaluation.js';

/** Products by number, and how much each counts. */
export interface OwnItems {
  readonly items: readonly number[];
  readonly worths: readonly number[];
}

export const NO_ITEMS: OwnItems = { items: [], worths: [] };

export interface Label {
  readonly set: MeasureId;
  /** items among the candidates; at least one */
  readonly positives: readonly number[];
  /** candidates that are not in the list */
  readonly without?: ReadonlySet<number>;
}

export interface Query extends PlanRequest {
  readonly category: string;
  /** what results are averaged over: the user, or a visitor's session */
  readonly subject: string;
  /** items */
  readonly candidates: readonly number[];
  /** what the user had before the cut */
  readonly own: OwnItems;
  /** items clicked in the session so far, the last click last; empty without a session */
  readonly clicked: readonly number[];
  readonly labels: readonly Label[];
}

/** A way to rank: a score for each candidate, in their order; equal scores fall back on popularity. */
export interface Method {
  readonly name: string;
  score(query: Query): ArrayLike<number> | Promise<ArrayLike<number>>;
}

export interface Task {
  readonly queries: readonly Query[];
  /** baselines of this task alone, beside the common ones */
  readonly methods: readonly Method[];
}
