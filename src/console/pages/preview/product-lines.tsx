// The line that joins the places of one product in the lists beside each other, while it is pointed at or has the focus.
import { type RefObject, useLayoutEffect, useState } from 'react';

interface ProductLinesProps {
  /** the lists */
  readonly area: RefObject<HTMLElement | null>;
  /** id of the product; null: none */
  readonly product: string | null;
}

interface Line {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export function ProductLines({ area, product }: ProductLinesProps) {
  const [lines, setLines] = useState<readonly Line[]>([]);
  useLayoutEffect(() => {
    if (area.current && product !== null) setLines(linesIn(area.current, product));
    else setLines([]);
  }, [area, product]);
  if (lines.length === 0) return null;
  return (
    <svg className="product-lines" aria-hidden="true">
      {lines.map((line) => (
        <line key={line.x1} {...line} />
      ))}
    </svg>
  );
}

/** From the right edge of each place to the left edge of the next one. */
function linesIn(area: HTMLElement, product: string): Line[] {
  const frame = area.getBoundingClientRect();
  const places = [...area.querySelectorAll<HTMLElement>('[data-product]')]
    .filter(({ dataset }) => dataset.product === product)
    .map((card) => card.getBoundingClientRect());
  return places.slice(1).flatMap((to, index) => {
    const from = places[index];
    if (!from) return [];
    const middle = ({ top, height }: DOMRect) => top + height / 2 - frame.top;
    return [{ x1: from.right - frame.left, y1: middle(from), x2: to.left - frame.left, y2: middle(to) }];
  });
}
