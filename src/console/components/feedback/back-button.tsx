// The button of a message that takes back what was done, and the time that it stays.
import { Button, Group } from '@mantine/core';
import { useEffect, useRef } from 'react';

const STAYS_MS = 20_000;

interface BackButtonProps {
  readonly message: string;
  readonly label: string;
  /** takes the focus at once */
  readonly focused: boolean;
  readonly onBack: () => void;
  readonly onTimeOut: () => void;
}

export function BackButton({ message, label, focused, onBack, onTimeOut }: BackButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const timeOut = useRef(onTimeOut);
  useEffect(() => {
    if (focused) button.current?.focus();
  }, [focused]);
  useEffect(() => {
    let since = Date.now();
    const timer = setInterval(() => {
      // Whoever points at it or has the focus in it may still be reading.
      const whole = button.current?.closest('[role="alert"], .mantine-Notification-root') ?? button.current;
      if (whole?.matches(':hover, :focus-within')) since = Date.now();
      else if (Date.now() - since > STAYS_MS) timeOut.current();
    }, 500);
    return () => clearInterval(timer);
  }, []);
  return (
    <Group justify="space-between" gap="sm">
      <span>{message}</span>
      <Button ref={button} size="xs" variant="default" onClick={onBack}>
        {label}
      </Button>
    </Group>
  );
}
