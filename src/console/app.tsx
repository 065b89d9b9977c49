// The console: its providers, the sign-in page until there is a key, and the routes of its pages.
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { useKey } from './api/key-store.js';
import { queryClient } from './api/query-client.js';
import { useSession } from './api/session.js';
import { useSettings } from './api/settings.js';
import { Loading } from './components/feedback/loading.js';
import { AppLayout } from './components/layout/app-layout.js';
import { ErrorBoundary } from './components/layout/error-boundary.js';
import { NotFoundPage } from './pages/not-found/not-found-page.js';
import { SignInPage } from './pages/sign-in/sign-in-page.js';
import { PAGES, type PageEntry } from './pages.js';
import { cssVariables, theme } from './theme.js';

export function App({ styleNonce }: { readonly styleNonce: string }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => styleNonce}
    >
      <QueryClientProvider client={queryClient}>
        <Notifications position="top-right" limit={3} />
        <ErrorBoundary>
          <SignInOrPages />
        </ErrorBoundary>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Without a key no request is sent. Signing in keeps the address, so that it opens the page that was asked for. */
function SignInOrPages() {
  const { key } = useKey();
  if (key === null) return <SignInPage />;
  return (
    <AppLayout>
      <Suspense fallback={<Loading what="the page" />}>
        <Switch>
          {PAGES.map((entry) => (
            <Route key={entry.path} path={entry.path}>
              {(params) => (
                <ErrorBoundary key={JSON.stringify(params)}>
                  <OpenPage entry={entry} params={params} />
                </ErrorBoundary>
              )}
            </Route>
          ))}
          <Route path="/">
            <Redirect to="/personalization" replace />
          </Route>
          <Route>
            <NotFoundPage />
          </Route>
        </Switch>
      </Suspense>
    </AppLayout>
  );
}

interface OpenPageProps {
  readonly entry: PageEntry;
  readonly params: Readonly<Record<string, string | undefined>>;
}

/**
 * What the page reads first is asked for here, and not when its code is there. It begins below what the frame has to say,
 * and is not pushed down by it.
 */
function OpenPage({ entry: { Page, load, read }, params }: OpenPageProps) {
  useState(() => {
    read(params);
    // Showing the page tells what is wrong.
    load().catch(() => {});
  });
  if (!useFrameRead()) return <Loading what="the page" />;
  return <Page {...params} />;
}

/** Whether all is read, or cannot be, that stands on every page: the switch with its banner, the session with its warnings. */
function useFrameRead(): boolean {
  const reads = [useSettings(), useSession()];
  return reads.every(({ isPending }) => !isPending);
}
