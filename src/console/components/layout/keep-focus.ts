// Keeps the focus in a sensible place when what had it goes: a button that did its work, a dialog, a message.

const MAX_KEPT = 20;
const PLACES = 'section, article, form, [role="group"], [role="region"], main';

interface Focused {
  readonly element: HTMLElement;
  /** its ancestors, the nearest first: they may outlast it */
  readonly places: readonly HTMLElement[];
}

/**
 * The focus goes back to what had it before, in the nearest place that is left; else to that place itself, last to the page.
 * Whoever clicked elsewhere since has no focus to keep.
 * @returns stops it
 */
export function keepFocus(): () => void {
  let kept: Focused[] = [];
  let left = false;

  function remember({ target }: FocusEvent): void {
    if (!(target instanceof HTMLElement)) return;
    left = false;
    const places: HTMLElement[] = [];
    for (let place = target.parentElement; place; place = place.parentElement)
      if (place.matches(PLACES)) places.push(place);
    kept = [...kept.filter(({ element }) => element !== target), { element: target, places }].slice(
      -MAX_KEPT,
    );
  }

  function rescue(): void {
    if (left || kept.length === 0 || document.activeElement !== document.body) return;
    placeOf(kept)?.focus({ preventScroll: true });
  }

  const leave = (event: PointerEvent) => {
    const { target } = event;
    left =
      target instanceof Element &&
      target.closest('a, button, input, select, textarea, label, [tabindex]') === null;
  };
  const changes = new MutationObserver(rescue);
  changes.observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled'],
  });
  document.addEventListener('focusin', remember);
  document.addEventListener('pointerdown', leave);
  return () => {
    changes.disconnect();
    document.removeEventListener('focusin', remember);
    document.removeEventListener('pointerdown', leave);
  };
}

/** The latest that had the focus and is still there, or what is left of the place that it was in. */
function placeOf(kept: readonly Focused[]): HTMLElement | null {
  for (const { element, places } of [...kept].reverse()) {
    // Disabled while its work is done, it gets the focus again afterwards.
    if (element.isConnected) return element;
    const place = places.find((each) => each.isConnected);
    if (!place) continue;
    const inside = kept.findLast((each) => isFocusable(each.element) && place.contains(each.element));
    return inside?.element ?? focusable(place);
  }
  return null;
}

function isFocusable(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(':disabled') && element.closest('[inert]') === null;
}

function focusable(place: HTMLElement): HTMLElement {
  if (!place.hasAttribute('tabindex')) place.tabIndex = -1;
  return place;
}
