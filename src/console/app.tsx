// The console: its providers, the door, and which page stands at which path.
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { useKey } from './api/key-store.js';
import { queryClient } from './api/query-client.js';
import { Loading } from './components/feedback/loading.js';
import { ErrorBoundary } from './components/layout/error-boundary.js';
import { Layout } from './components/layout/layout.js';
import { nonce } from './lib/nonce.js';
import { NotFoundPage } from './pages/not-found/not-found-page.js';
import { SignInPage } from './pages/sign-in/sign-in-page.js';
import { PAGES } from './pages.js';
import { cssVariables, theme } from './theme.js';

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={nonce}
    >
      <QueryClientProvider client={queryClient}>
        <Notifications position="top-right" limit={3} />
        <ErrorBoundary>
          <Door />
        </ErrorBoundary>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Nothing is asked of the API before somebody signs in; the address stays, so that the page comes back after it. */
function Door() {
  const { key } = useKey();
  if (key === null) return <SignInPage />;
  return (
    <Layout>
      <Suspense fallback={<Loading what="the page" />}>
        <Switch>
          {PAGES.map(({ path, Page }) => (
            <Route key={path} path={path}>
              {(params) => (
                <ErrorBoundary key={JSON.stringify(params)}>
                  <Page {...params} />
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
    </Layout>
  );
}
