// What is taken back: a refund, or a removal from cart or wishlist, undoes what the latest such event on the product gave.
import { canonicalEventName, REMOVALS } from '../event/event-names.js';

/** What is compared: which event on which product, when, and how many pieces. */
interface Taking {
  readonly action: string;
  /** milliseconds since the epoch */
  readonly timestamp: number;
  readonly product: { readonly objectId: string };
  /** pieces, above 0; absent is 1, and for a removal as many as the latest event before it gave */
  readonly quantity?: number;
}

interface Move<E> {
  readonly event: E;
  /** the event that this one is, or that it takes back; null where nothing takes it back */
  readonly gives: string | null;
  readonly takes: boolean;
  /** thousandths of a piece: sums of whole numbers are the same in SQL, whatever their order */
  readonly quantity: number | null;
}

/** Pieces as whole thousandths, at most a million pieces; null where there is no such number. */
function thousandths(quantity: number | undefined): number | null {
  if (quantity === undefined || !(quantity > 0)) return null;
  return Math.max(1, Math.round(Math.min(quantity, 1_000_000) * 1_000));
}

const ONE_PIECE = 1_000;
const GIVEN = new Set(REMOVALS.values());

/**
 * The events without removals and without what those took back entirely, each with the share of it that is left, in
 * (0, 1]. A removal takes from the latest events of its kind on the same product that are not taken back yet; where
 * there is none it takes nothing. Of events at the same time those that give come first. The trainer's SQL does the
 * same (`src/training/affinities/kept-events.sql`).
 * @param events in any order
 */
export function keptEvents<E extends Taking>(events: Iterable<E>): [event: E, share: number][] {
  const all = Array.from(events, (event): Move<E> => {
    const move = eventMove(event.action) ?? { gives: null, takes: false };
    return { event, ...move, quantity: thousandths(event.quantity) };
  });
  if (!all.some(({ takes }) => takes)) return all.map(({ event }) => [event, 1]);
  const left = new Map<E, number>();
  const stacks = new Map<string, { event: E; given: number; left: number }[]>();
  const latest = new Map<string, number>();
  for (const { event, gives, takes, quantity } of [...all].sort(inOrder)) {
    if (gives === null) continue;
    const key = JSON.stringify([gives, event.product.objectId]);
    const stack = stacks.get(key) ?? [];
    stacks.set(key, stack);
    if (!takes) {
      const given = quantity ?? ONE_PIECE;
      latest.set(key, given);
      stack.push({ event, given, left: given });
      continue;
    }
    let open = quantity ?? latest.get(key) ?? ONE_PIECE;
    for (let top = stack.at(-1); top && open > 0; top = stack.at(-1)) {
      const taken = Math.min(open, top.left);
      open -= taken;
      top.left -= taken;
      left.set(top.event, top.left / top.given);
      if (top.left === 0) stack.pop();
    }
  }
  return all.flatMap(({ event, takes }): [E, number][] => {
    const share = takes ? 0 : (left.get(event) ?? 1);
    return share > 0 ? [[event, share]] : [];
  });
}

/** What an event of this name gives, or takes back; null for events that nothing takes back. */
export function eventMove(action: string): { readonly gives: string; readonly takes: boolean } | null {
  const name = canonicalEventName(action);
  const taken = REMOVALS.get(name);
  if (taken !== undefined) return { gives: taken, takes: true };
  return GIVEN.has(name) ? { gives: name, takes: false } : null;
}

function inOrder(a: Move<Taking>, b: Move<Taking>): number {
  return (
    a.event.timestamp - b.event.timestamp ||
    Number(a.takes) - Number(b.takes) ||
    (a.quantity ?? 0) - (b.quantity ?? 0)
  );
}
