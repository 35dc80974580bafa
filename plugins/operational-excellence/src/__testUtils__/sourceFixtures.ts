import type {
  Source,
  SourceScope,
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
    health: 'ok',
    scopes: { total: 3, ok: 3, failing: 0, stale: 0, never: 0 },
    rows: 1200,
    services: 3,
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
    health: 'ok',
    running: false,
    rows: 400,
    services: 1,
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
