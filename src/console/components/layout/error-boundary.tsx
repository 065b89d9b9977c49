// Shows the error of a page that cannot be rendered, with a button that reloads; the rest of the console stays.
import { Button, Container, Stack } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { Failure } from '../feedback/failure.js';

interface State {
  readonly error: unknown;
}

export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return (
      <Container size="sm" py="xl">
        <Stack align="flex-start">
          <Failure title="This page stopped working" error={this.state.error} />
          <Button onClick={() => window.location.reload()}>Load the page again</Button>
        </Stack>
      </Container>
    );
  }
}
