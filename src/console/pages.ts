// The pages of the console by path: the code of each, what it reads first, and the entries of the navigation.
import { queryOptions } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { eventSummaryQuery, reachQuery } from './api/catalog.js';
import { exampleProductQuery } from './api/events.js';
import { modelQuery, modelsQuery, presetsQuery, versionsQuery } from './api/models.js';
import { overviewQuery } from './api/overview.js';
import { readAhead } from './api/query-client.js';
import { auditQuery } from './api/session.js';
import { readinessQuery, scheduleQuery, trainingQuery } from './api/training.js';
import { SAMPLE_SIZE, SHOWN_USERS, userQuery, usersQuery } from './api/users.js';
import {
  IconChart,
  IconEye,
  IconHistory,
  type IconProps,
  IconPulse,
  IconRanking,
  IconUser,
} from './components/icons.js';
import { decodePathPart } from './lib/decode-path-part.js';

export type Params = Readonly<Record<string, string | undefined>>;

export interface PageEntry {
  readonly path: string;
  /** the code of the page, which gets the parameters of the path as props */
  readonly load: () => Promise<ComponentType<Params>>;
  /** begins to read what the page shows first, beside the loading of its code and not after it */
  readonly read: (params: Params) => void;
}

/** The code of a page, loaded once; kept like what the API answers. */
export const codeQuery = ({ path, load }: PageEntry) =>
  queryOptions({ queryKey: ['page', path], queryFn: load, staleTime: Infinity, gcTime: Infinity });

export interface NavigationEntry {
  readonly path: string;
  readonly label: string;
  readonly Icon: ComponentType<IconProps>;
}

export const PAGES: readonly PageEntry[] = [
  {
    path: '/personalization',
    load: async () => (await import('./pages/personalization/personalization-page.js')).PersonalizationPage,
    read() {
      readAhead(modelsQuery);
      readAhead(auditQuery);
    },
  },
  {
    path: '/personalization/:id',
    load: async () => (await import('./pages/configure/configure-page.js')).ConfigurePage,
    read({ id = '' }) {
      readAhead(modelQuery(id));
      readAhead(versionsQuery(id));
      readAhead(presetsQuery);
      readAhead(reachQuery(id));
      readAhead(eventSummaryQuery);
    },
  },
  {
    path: '/personalization/:id/training',
    load: async () => (await import('./pages/training/training-page.js')).TrainingPage,
    read({ id = '' }) {
      readAhead(modelQuery(id));
      readAhead(trainingQuery(id));
      readAhead(versionsQuery(id));
      readAhead(readinessQuery(id));
      readAhead(scheduleQuery(id));
    },
  },
  {
    path: '/preview',
    load: async () => (await import('./pages/preview/preview-page.js')).PreviewPage,
    read() {
      readAhead(modelsQuery);
      readAhead(usersQuery('', SAMPLE_SIZE));
    },
  },
  {
    path: '/people',
    load: async () => (await import('./pages/users/users-page.js')).UsersPage,
    read: () => readAhead(usersQuery('', SHOWN_USERS)),
  },
  {
    path: '/people/:id',
    load: async () => (await import('./pages/users/user-page.js')).UserPage,
    read: ({ id = '' }) => readAhead(userQuery(decodePathPart(id), '')),
  },
  {
    path: '/events',
    load: async () => (await import('./pages/events/events-page.js')).EventsPage,
    // The feed is polled, and begins with the page.
    read: () => readAhead(exampleProductQuery),
  },
  {
    path: '/overview',
    load: async () => (await import('./pages/overview/overview-page.js')).OverviewPage,
    read: () => readAhead(overviewQuery),
  },
  {
    path: '/audit',
    load: async () => (await import('./pages/audit/audit-page.js')).AuditPage,
    read() {
      readAhead(auditQuery);
      readAhead(modelsQuery);
    },
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
