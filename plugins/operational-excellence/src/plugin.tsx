import { convertLegacyRouteRef } from '@backstage/core-compat-api';
import {
  ApiBlueprint,
  createFrontendPlugin,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
  EntityContextMenuItemBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import PlaylistAddIcon from '@material-ui/icons/PlaylistAdd';
import VerifiedUserIcon from '@material-ui/icons/VerifiedUser';
import { operationalExcellenceApiFactory } from './apiFactory';
import { useFileImprovementMenuItem } from './improvements';
import { entityContentRouteRef, rootRouteRef } from './routes';

const api = ApiBlueprint.make({
  params: defineParams => defineParams(operationalExcellenceApiFactory),
});

const page = PageBlueprint.make({
  params: {
    path: '/operational-excellence',
    title: 'Operational excellence',
    icon: <VerifiedUserIcon fontSize="inherit" />,
    routeRef: convertLegacyRouteRef(rootRouteRef),
  },
});

const scorecardPage = SubPageBlueprint.make({
  name: 'scorecard',
  params: {
    path: 'scorecard',
    title: 'Scorecard',
    loader: () =>
      import('./page').then(({ ScorecardPage }) => <ScorecardPage />),
  },
});

const trendsPage = SubPageBlueprint.make({
  name: 'trends',
  params: {
    path: 'trends',
    title: 'Trends',
    loader: () => import('./page').then(({ TrendsPage }) => <TrendsPage />),
  },
});

const initiativesPage = SubPageBlueprint.make({
  name: 'initiatives',
  params: {
    path: 'initiatives',
    title: 'Initiatives',
    loader: () =>
      import('./page').then(({ InitiativesPage }) => <InitiativesPage />),
  },
});

const gameDaysPage = SubPageBlueprint.make({
  name: 'game-days',
  params: {
    path: 'game-days',
    title: 'Game days',
    loader: () => import('./page').then(({ GameDaysPage }) => <GameDaysPage />),
  },
});

const waiversPage = SubPageBlueprint.make({
  name: 'waivers',
  params: {
    path: 'waivers',
    title: 'Waivers',
    loader: () => import('./page').then(({ WaiversPage }) => <WaiversPage />),
  },
});

const readinessTestsPage = SubPageBlueprint.make({
  name: 'readiness-tests',
  params: {
    path: 'readiness-tests',
    title: 'Readiness',
    loader: () =>
      import('./page').then(({ ReadinessTestsPage }) => <ReadinessTestsPage />),
  },
});

const lessonsPage = SubPageBlueprint.make({
  name: 'lessons',
  params: {
    path: 'lessons',
    title: 'Lessons',
    loader: () => import('./page').then(({ LessonsPage }) => <LessonsPage />),
  },
});

const policiesPage = SubPageBlueprint.make({
  name: 'policies',
  params: {
    path: 'policies',
    title: 'Policies',
    loader: () => import('./page').then(({ PoliciesPage }) => <PoliciesPage />),
  },
});

const sourcesPage = SubPageBlueprint.make({
  name: 'sources',
  params: {
    path: 'sources',
    title: 'Sources',
    loader: () => import('./page').then(({ SourcesPage }) => <SourcesPage />),
  },
});

const entityCard = EntityCardBlueprint.make({
  params: {
    filter: { kind: 'component' },
    loader: () =>
      import('./entityCard').then(({ EntityOperationalExcellenceCard }) => (
        <EntityOperationalExcellenceCard />
      )),
  },
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: 'operational-excellence',
    title: 'Operational excellence',
    group: 'operation',
    routeRef: convertLegacyRouteRef(entityContentRouteRef),
    filter: { kind: 'component' },
    loader: () =>
      import('./entityContent').then(
        ({ EntityOperationalExcellenceContent }) => (
          <EntityOperationalExcellenceContent />
        ),
      ),
  },
});

const fileImprovementMenuItem = EntityContextMenuItemBlueprint.make({
  name: 'file-improvement',
  params: {
    icon: <PlaylistAddIcon fontSize="inherit" />,
    filter: { kind: 'component' },
    useProps: useFileImprovementMenuItem,
  },
});

/**
 * The plugin for the new frontend system.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'operational-excellence',
  title: 'Operational excellence',
  icon: <VerifiedUserIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: convertLegacyRouteRef(rootRouteRef),
    entityContent: convertLegacyRouteRef(entityContentRouteRef),
  },
  extensions: [
    api,
    page,
    scorecardPage,
    trendsPage,
    initiativesPage,
    gameDaysPage,
    readinessTestsPage,
    lessonsPage,
    waiversPage,
    policiesPage,
    sourcesPage,
    entityCard,
    entityContent,
    fileImprovementMenuItem,
  ],
});
