// One group of the preview's controls: a card beside the lists, or an accordion above them where the window is narrow.
import { Accordion, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { SectionCard } from '../../components/layout/section-card.js';

interface ControlCardProps {
  readonly id: string;
  readonly title: string;
  /** what is chosen, shown while the accordion is closed */
  readonly summary: string;
  readonly children: ReactNode;
}

export function ControlCard({ id, title, summary, children }: ControlCardProps) {
  const narrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  if (!narrow)
    return (
      <SectionCard id={id} title={title}>
        {children}
      </SectionCard>
    );
  return (
    <Accordion variant="separated" order={2}>
      <Accordion.Item value={id} bg="var(--mantine-color-body)">
        <Accordion.Control>
          <Text fw={650}>{title}</Text>
          <Text size="sm" c="dimmed" className="name" lineClamp={1}>
            {summary}
          </Text>
        </Accordion.Control>
        <Accordion.Panel>{children}</Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}
