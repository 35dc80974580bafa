import type {
  Source,
  SourceProblem,
  SourceScope,
  UnmappedService,
} from 'backstage-plugin-operational-excellence-common';
import { daysAgo, inDays } from './instants';

export const UPSTREAM_ERROR =
  'GET https://api.github.com/repos/acme/ledger/issues: 401 Bad credentials';

/** A source that does well unless told otherwise. */
export function source(id: string, overrides: Partial<Source> = {}): Source {
  return {
    id,
    kind: 'ticket',
    title: id,
    annotations: ['github.com/project-slug'],
    health: 'ok',
    scopes: { total: 3, ok: 3, failing: 0, stale: 0, never: 0 },
    rows: 1200,
    services: 3,
    problems: 0,
    requests: { total: 5_310, since: daysAgo(30) },
    rateLimit: null,
    checkedAt: daysAgo(0),
    nextRunAt: inDays(0),
    lastError: null,
    ...overrides,
  };
}

/** A source of every health. */
export function sources(): Source[] {
  return [
    source('github:github.com', {
      title: 'GitHub',
      health: 'failing',
      scopes: { total: 120, ok: 118, failing: 1, stale: 1, never: 0 },
      rows: 48_213,
      services: 97,
      problems: 2,
      rateLimit: {
        remaining: 421,
        limit: 5_000,
        resetsAt: inDays(0),
        at: daysAgo(0),
      },
      checkedAt: daysAgo(2),
      lastError: {
        scope: 'acme/ledger',
        message: UPSTREAM_ERROR,
        at: daysAgo(0),
        since: daysAgo(2),
      },
    }),
    source('aws-fis', {
      kind: 'experiment',
      title: 'AWS FIS',
      scopes: { total: 2, ok: 2, failing: 0, stale: 0, never: 0 },
      rows: 84,
      services: 12,
    }),
    source('tracker', {
      title: 'Built-in tracker',
      health: 'never',
      scopes: { total: 0, ok: 0, failing: 0, stale: 0, never: 0 },
      rows: 0,
      services: 0,
      checkedAt: null,
      nextRunAt: null,
    }),
  ];
}

/** A scope that does well unless told otherwise. */
export function scope(
  key: string,
  overrides: Partial<SourceScope> = {},
): SourceScope {
  return {
    key,
    title: key,
    url: `https://github.com/${key}`,
    health: 'ok',
    running: false,
    rows: 400,
    services: 1,
    problems: 0,
    containers: { total: 1, unread: 0, missing: 0 },
    requests: { total: 44, since: daysAgo(30) },
    rateLimit: null,
    checkedAt: daysAgo(0),
    nextRunAt: inDays(0),
    lastError: null,
    failingSince: null,
    consecutiveFailures: 0,
    ...overrides,
  };
}

/** The scopes of the GitHub source: two in trouble among many that do well. */
export function githubScopes(): SourceScope[] {
  return [
    ...Array.from({ length: 118 }, (_, index) =>
      scope(`acme/service-${String(index + 1).padStart(3, '0')}`),
    ),
    scope('acme/ledger', {
      health: 'failing',
      lastError: UPSTREAM_ERROR,
      failingSince: daysAgo(2),
      consecutiveFailures: 41,
      checkedAt: daysAgo(2),
    }),
    scope('acme/archive', {
      health: 'stale',
      running: true,
      checkedAt: daysAgo(9),
      nextRunAt: null,
    }),
  ].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** A service that names a repository that does not exist, unless told otherwise. */
export function problem(
  name: string,
  overrides: Partial<SourceProblem> = {},
): SourceProblem {
  return {
    entityRef: `component:default/${name}`,
    title: name,
    ownerRef: 'group:default/team-a',
    kind: 'missing',
    scope: `acme/${name}`,
    container: `acme/${name}`,
    message: `GET /repos/acme/${name}/issues answered 404: Not Found`,
    since: daysAgo(2),
    meant: null,
    suggestion: null,
    ...overrides,
  };
}

/** A service that nothing is suggested for, unless told otherwise. */
export function unmapped(
  name: string,
  overrides: Partial<UnmappedService> = {},
): UnmappedService {
  return {
    entityRef: `component:default/${name}`,
    title: name,
    ownerRef: 'group:default/team-a',
    suggestions: [],
    ...overrides,
  };
}
