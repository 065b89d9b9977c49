// Every page of the console at its path, loaded when it is opened, and the navigation between them.
import { type ComponentType, lazy } from 'react';
import { IconHistory, type IconProps, IconRanking } from './components/icons.js';

export interface PageEntry {
  readonly path: string;
  /** takes the parameters of the path by name */
  readonly Page: ComponentType<Readonly<Record<string, string | undefined>>>;
}

export interface NavigationEntry {
  readonly path: string;
  readonly label: string;
  readonly Icon: ComponentType<IconProps>;
}

export const PAGES: readonly PageEntry[] = [
  {
    path: '/personalization',
    Page: lazy(async () => ({
      default: (await import('./pages/personalization/personalization-page.js')).PersonalizationPage,
    })),
  },
  {
    path: '/personalization/:id',
    Page: lazy(async () => ({
      default: (await import('./pages/configure/configure-page.js')).ConfigurePage,
    })),
  },
  {
    path: '/personalization/:id/training',
    Page: lazy(async () => ({
      default: (await import('./pages/training/training-page.js')).TrainingPage,
    })),
  },
  {
    path: '/audit',
    Page: lazy(async () => ({ default: (await import('./pages/audit/audit-page.js')).AuditPage })),
  },
];

export const NAVIGATION: readonly NavigationEntry[] = [
  { path: '/personalization', label: 'Personalization', Icon: IconRanking },
  { path: '/audit', label: 'Audit log', Icon: IconHistory },
];
