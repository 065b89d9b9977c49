// The cross of a pill: left to itself it is for the mouse alone.

/** @param label what it does, for screen readers */
export function reachable(label: string) {
  return { 'aria-label': label, 'aria-hidden': false, tabIndex: 0 } as const;
}
