// Loads the code of a page as soon as somebody points at a link to it or focuses one, before it is opened.
import { useEffect } from 'react';
import { matchRoute, useRouter } from 'wouter';
import { readAhead } from '../../api/query-client.js';
import { codeQuery, PAGES } from '../../pages.js';

export function useLoadAhead(): void {
  const { parser } = useRouter();
  useEffect(() => {
    const look = ({ target }: Event) => {
      const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href]') : null;
      if (link?.origin !== location.origin) return;
      const entry = PAGES.find(({ path }) => matchRoute(parser, path, link.pathname)[0]);
      // What is wrong is told when the page is opened, which tries again.
      if (entry) readAhead(codeQuery(entry));
    };
    const hints = ['pointerover', 'focusin'] as const;
    for (const hint of hints) document.addEventListener(hint, look);
    return () => {
      for (const hint of hints) document.removeEventListener(hint, look);
    };
  }, [parser]);
}
