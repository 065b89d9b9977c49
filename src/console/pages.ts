// The pages of the console by path, each loaded when it is opened, and the entries of the navigation.
import { type ComponentType, lazy } from 'react';
import {
  IconChart,
  IconEye,
  IconHistory,
  type IconProps,
  IconPulse,
  IconRanking,
  IconUser,
} from './components/icons.js';

export interface PageEntry {
  readonly path: string;
  /** gets the parameters of the path as props */
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
    path: '/preview',
    Page: lazy(async () => ({ default: (await import('./pages/preview/preview-page.js')).PreviewPage })),
  },
  {
    path: '/people',
    Page: lazy(async () => ({ default: (await import('./pages/users/users-page.js')).UsersPage })),
  },
  {
    path: '/people/:id',
    Page: lazy(async () => ({ default: (await import('./pages/users/user-page.js')).UserPage })),
  },
  {
    path: '/events',
    Page: lazy(async () => ({ default: (await import('./pages/events/events-page.js')).EventsPage })),
  },
  {
    path: '/overview',
    Page: lazy(async () => ({ default: (await import('./pages/overview/overview-page.js')).OverviewPage })),
  },
  {
    path: '/audit',
    Page: lazy(async () => ({ default: (await import('./pages/audit/audit-page.js')).AuditPage })),
  },
];

export const NAVIGATION: readonly NavigationEntry[] = [
  { path: '/personalization', label: 'Personalization', Icon: IconRanking },
  { path: '/preview', label: 'Preview', Icon: IconEye },
  { path: '/people', label: 'Shoppers', Icon: IconUser },
  { path: '/events', label: 'Events', Icon: IconPulse },
  { path: '/overview', label: 'Overview', Icon: IconChart },
  { path: '/audit', label: 'Audit log', Icon: IconHistory },
];
