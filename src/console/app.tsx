// The console: its providers, the sign-in page until there is a key, and the routes of its pages.
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { useAlerts } from './api/alerts.js';
import { useKey } from './api/key-store.js';
import { queryClient } from './api/query-client.js';
import { useSession } from './api/session.js';
import { useSettings } from './api/settings.js';
import { Loading } from './components/feedback/loading.js';
import { AppLayout } from './components/layout/app-layout.js';
import { ErrorBoundary } from './components/layout/error-boundary.js';
import { NotFoundPage } from './pages/not-found/not-found-page.js';
import { SignInPage } from './pages/sign-in/sign-in-page.js';
import { codeQuery, PAGES, type PageEntry, type Params } from './pages.js';
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
        <Notifications position="bottom-right" limit={3} />
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
    </AppLayout>
  );
}

interface OpenPageProps {
  readonly entry: PageEntry;
  readonly params: Params;
}

/**
 * What the page reads first is asked for here, and not when its code is there. It begins below what the frame has to say,
 * and is not pushed down by it. (React's own `lazy` would keep a page that is there hidden for a third of a second.)
 */
function OpenPage({ entry, params }: OpenPageProps) {
  useState(() => entry.read(params));
  const { data: Page, error } = useQuery(codeQuery(entry));
  const framed = useFrameRead();
  if (error) throw error;
  if (!Page || !framed) return <Loading what="the page" />;
  return <Page {...params} />;
}

/** Whether all is read, or cannot be, that stands on every page: the switch and the alerts with their banners, the session. */
function useFrameRead(): boolean {
  const reads = [useSettings(), useSession(), useAlerts()];
  return reads.every(({ isPending, failureCount }) => !isPending || failureCount > 0);
}
