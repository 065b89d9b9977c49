// Tells the page how high the bar at its bottom is, so that nothing that is focused, and no message, is behind it.
import { useLayoutEffect, useRef } from 'react';

export function useBarHeight() {
  const bar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    const watch = new ResizeObserver(() =>
      style.setProperty('--kindred-bar', `${bar.current?.offsetHeight ?? 0}px`),
    );
    if (bar.current) watch.observe(bar.current);
    return () => {
      watch.disconnect();
      style.removeProperty('--kindred-bar');
    };
  }, []);
  return bar;
}
