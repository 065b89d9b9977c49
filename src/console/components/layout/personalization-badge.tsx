// Whether personalization is on, on every page.
import { Badge } from '@mantine/core';
import { Link } from 'wouter';
import { useSettings } from '../../api/settings.js';

export function PersonalizationBadge() {
  const { data } = useSettings();
  if (!data) return null;
  const on = data.data.personalization.enabled;
  return (
    <Badge
      component={Link}
      href="/personalization"
      color={on ? 'teal' : 'gray'}
      style={{ cursor: 'pointer' }}
      aria-label={`Personalization ${on ? 'ON' : 'OFF'}`}
    >
      <span className="mantine-visible-from-sm">Personalization&nbsp;</span>
      {on ? 'ON' : 'OFF'}
    </Badge>
  );
}
