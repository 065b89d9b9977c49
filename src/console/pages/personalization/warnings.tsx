// What an operator should know about how Kindred was started, one line each.
import { Alert, List } from '@mantine/core';
import { IconWarning } from '../../components/icons.js';

export function Warnings({ lines }: { readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <Alert color="yellow" title="For whoever runs Kindred" icon={<IconWarning />}>
      <List size="sm">
        {lines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </Alert>
  );
}
