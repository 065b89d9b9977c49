// Chooses the catalog that the pages are about, where there is more than one.
import { NativeSelect } from '@mantine/core';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { chooseCatalog, chosenCatalog } from '../../api/chosen-catalog.js';
import { queryClient } from '../../api/query-client.js';
import { useSession } from '../../api/session.js';

/** Of the console itself, whatever the catalog. */
const OF_ALL: readonly unknown[] = ['session', 'page', 'alerts'];

function choose(name: string | null): void {
  chooseCatalog(name);
  void queryClient.resetQueries({ predicate: ({ queryKey: [first] }) => !OF_ALL.includes(first) });
}

const NO_CATALOGS: readonly { readonly name: string }[] = [];

export function CatalogSwitch() {
  const [, navigate] = useLocation();
  const { data } = useSession();
  const names = (data?.catalogs ?? NO_CATALOGS).map(({ name }) => name);
  const chosen = chosenCatalog();
  const isGone = chosen !== null && names.length > 0 && !names.includes(chosen);
  useEffect(() => {
    // It was taken out of the settings since.
    if (isGone) choose(null);
  }, [isGone]);
  if (names.length < 2) return null;
  return (
    <NativeSelect
      size="xs"
      aria-label="Catalog"
      miw={0}
      maw={160}
      data={names}
      value={chosen ?? names[0]}
      onChange={({ currentTarget: { value } }) => {
        choose(value);
        // What is on a page of one catalog's model is nothing of the other's.
        navigate('/personalization');
      }}
    />
  );
}
