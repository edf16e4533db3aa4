import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Frame } from './frame';
import { Skeleton } from './components/skeleton';
import { Broken, Missing } from './pages/states';
import { readActionFilters, readListing, readMatterFilters, readPeriod } from './filters';
import { readWorklistFilters } from './pages/worklist/filters';
import { Worklist } from './pages/worklist/worklist';

const root = createRootRoute({ component: Frame });
const below = { getParentRoute: () => root };

// Each page but the first is a file of its own, which is loaded when it is first opened.
const worklist = createRoute({
  ...below,
  path: '/',
  validateSearch: readWorklistFilters,
  component: Worklist,
});
const journey = createRoute({
  ...below,
  path: '/journeys/$id',
  validateSearch: readWorklistFilters,
  component: lazyRouteComponent(() => import('./pages/journey/journey'), 'JourneyPage'),
});
const search = createRoute({
  ...below,
  path: '/search',
  component: lazyRouteComponent(() => import('./pages/search/search'), 'Search'),
});
const newBatch = createRoute({
  ...below,
  path: '/batches/new',
  validateSearch: readWorklistFilters,
  component: lazyRouteComponent(() => import('./pages/batch/pages'), 'NewBatch'),
});
const batch = createRoute({
  ...below,
  path: '/batches/$batch',
  component: lazyRouteComponent(() => import('./pages/batch/pages'), 'BatchPage'),
});
const complaints = createRoute({
  ...below,
  path: '/complaints',
  validateSearch: readListing,
  component: lazyRouteComponent(() => import('./pages/complaints'), 'Complaints'),
});
const flags = createRoute({
  ...below,
  path: '/flags',
  validateSearch: readListing,
  component: lazyRouteComponent(() => import('./pages/flags/flags'), 'Flags'),
});
const flag = createRoute({
  ...below,
  path: '/flags/$flag',
  component: lazyRouteComponent(() => import('./pages/flags/flag'), 'FlagPage'),
});
const matters = createRoute({
  ...below,
  path: '/matters',
  validateSearch: readMatterFilters,
  component: lazyRouteComponent(() => import('./pages/matters/matters'), 'Matters'),
});
const matter = createRoute({
  ...below,
  path: '/matters/$registry/$externalId',
  component: lazyRouteComponent(() => import('./pages/matters/matter'), 'MatterPage'),
});
const actions = createRoute({
  ...below,
  path: '/actions',
  validateSearch: readActionFilters,
  component: lazyRouteComponent(() => import('./pages/actions/actions'), 'Actions'),
});
const unusualUse = createRoute({
  ...below,
  path: '/unusual-use',
  component: lazyRouteComponent(() => import('./pages/actions/unusual-use'), 'UnusualUse'),
});
const figures = createRoute({
  ...below,
  path: '/figures',
  validateSearch: readPeriod,
  component: lazyRouteComponent(() => import('./pages/dashboard/dashboard'), 'Dashboard'),
});
const accounts = createRoute({
  ...below,
  path: '/accounts',
  component: lazyRouteComponent(() => import('./pages/accounts/accounts'), 'Accounts'),
});
const acts = createRoute({
  ...below,
  path: '/acts',
  component: lazyRouteComponent(() => import('./pages/accounts/acts'), 'Acts'),
});
const security = createRoute({
  ...below,
  path: '/security',
  component: lazyRouteComponent(() => import('./pages/security'), 'Security'),
});
const password = createRoute({
  ...below,
  path: '/password',
  component: lazyRouteComponent(() => import('./pages/password'), 'Password'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    worklist,
    journey,
    search,
    newBatch,
    batch,
    complaints,
    flags,
    flag,
    matters,
    matter,
    actions,
    unusualUse,
    figures,
    accounts,
    acts,
    security,
    password,
  ]),
  basepath: '/console',
  defaultNotFoundComponent: Missing,
  defaultErrorComponent: Broken,
  defaultPendingComponent: Skeleton,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
  interface HistoryState {
    /** What was decided about the journey before, and which one that was. */
    decided?: { said: string; journey: string };
    /** Whether the batch was just made and runs at once. */
    runs?: boolean;
  }
}
