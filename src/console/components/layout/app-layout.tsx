// The frame around every page: the navigation, whether personalization is on, the theme and the account menu.
import { AppShell, Badge, Burger, Group, NavLink, ScrollArea, Stack, Text } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { useSession } from '../../api/session.js';
import { useSettings } from '../../api/settings.js';
import { NAVIGATION } from '../../pages.js';
import { AccountMenu } from './account-menu.js';
import { AlertBanner } from './alert-banner.js';
import { CatalogSwitch } from './catalog-switch.js';
import { ColorSchemeToggle } from './color-scheme-toggle.js';
import { keepFocus } from './keep-focus.js';
import { OffBanner } from './off-banner.js';
import { useLoadAhead } from './use-load-ahead.js';

export function AppLayout({ children }: { readonly children: ReactNode }) {
  const [opened, { toggle, close }] = useDisclosure();
  // As wide as the breakpoint of the navigation: there it is always in sight, and never in the way.
  const wide = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false });
  const burger = useRef<HTMLButtonElement>(null);
  const [path] = useLocation();
  useLoadAhead();
  useEffect(keepFocus, []);
  useEffect(() => {
    if (!opened || wide) return;
    const onKey = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape') return;
      close();
      burger.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [opened, wide, close]);
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    close();
    // The focus moves to the new page, so that keyboards and screen readers begin there.
    main.current?.focus();
    window.scrollTo(0, 0);
  }, [path, close]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'md', md: 'xl' }}
    >
      <a className="skip-link" href="#main">
        Skip to the page
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" gap="sm" wrap="nowrap">
          <Burger
            ref={burger}
            opened={opened}
            onClick={toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label="Navigation"
            aria-expanded={opened}
          />
          <Text component={Link} href="/" fw={700} size="lg" c="var(--mantine-color-text)" td="none">
            Kindred
          </Text>
          <PersonalizationBadge />
          <CatalogSwitch />
          <Group gap={4} ml="auto" wrap="nowrap">
            <ColorSchemeToggle />
            <AccountMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label="Pages" inert={!wide && !opened}>
        <AppShell.Section grow component={ScrollArea}>
          <Stack gap={2}>
            {NAVIGATION.map(({ path: to, label, Icon }) => {
              const here = to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`);
              return (
                <NavLink
                  key={to}
                  component={Link}
                  href={to}
                  label={label}
                  leftSection={<Icon />}
                  active={here}
                  aria-current={here ? 'page' : undefined}
                  onClick={close}
                />
              );
            })}
          </Stack>
        </AppShell.Section>
        <Versions />
      </AppShell.Navbar>
      <AppShell.Main id="main" ref={main} tabIndex={-1} inert={!wide && opened}>
        <OffBanner />
        <AlertBanner />
        {children}
      </AppShell.Main>
    </AppShell>
  );
}

function PersonalizationBadge() {
  const { data } = useSettings();
  if (!data) return null;
  const on = data.data.personalization.enabled;
  return (
    <Badge
      component={Link}
      href="/personalization"
      color={on ? 'teal' : 'gray'}
      style={{ cursor: 'pointer', flexShrink: 0 }}
      aria-label={`Personalization ${on ? 'ON' : 'OFF'}`}
    >
      <span className="mantine-visible-from-sm">Personalization&nbsp;</span>
      {on ? 'ON' : 'OFF'}
    </Badge>
  );
}

function Versions() {
  const { data } = useSession();
  if (!data) return null;
  return (
    <Text size="xs" c="dimmed" px="sm" pt="sm">
      Kindred {data.version}
      <br />
      {data.engine.kind === 'opensearch' ? 'OpenSearch' : 'Elasticsearch'} {data.engine.version}
    </Text>
  );
}
