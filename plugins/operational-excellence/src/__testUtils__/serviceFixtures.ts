import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import { daysAgo, inDays } from './instants';

const measure = {
  underlyingState: null,
  waivedUntil: null,
  problem: null,
};

const NO_BACKLOG: ServiceDetail['backlog'] = {
  ...measure,
  state: 'ok',
  dueAt: null,
  checkedAt: daysAgo(0),
  openCount: 0,
  oldestCreatedAt: null,
  medianCreatedAt: null,
  p85CreatedAt: null,
  oldestStartedAt: null,
  opened30d: 0,
  closed30d: 0,
  opened90d: 0,
  closed90d: 0,
  improvementShare90d: null,
  policyShare: null,
  starvedSince: null,
};

const NO_GAME_DAY: ServiceDetail['gameDay'] = {
  ...measure,
  state: 'never',
  dueAt: null,
  checkedAt: daysAgo(0),
  lastHeldAt: null,
  last: null,
};

const NO_READINESS_TEST: ServiceDetail['readinessTest'] = {
  ...measure,
  state: 'never',
  dueAt: null,
  checkedAt: daysAgo(0),
  lastPerformedAt: null,
  verdict: null,
  template: null,
  missingTemplates: ['production-readiness'],
};

const GITHUB: ServiceDetail['sources'][number] = {
  id: 'github:github.com',
  title: 'GitHub',
  measure: 'backlog',
  scope: 'acme/payments',
  url: 'https://github.com/acme/payments/issues',
  health: 'ok',
  checkedAt: daysAgo(0),
  lastError: null,
};

const FIS: ServiceDetail['sources'][number] = {
  id: 'aws-fis',
  title: 'AWS FIS',
  measure: 'gameDay',
  scope: '123456789012 eu-west-1',
  url: null,
  health: 'ok',
  checkedAt: daysAgo(0),
  lastError: null,
};

export const NO_AGES: ServiceDetail['ageDistribution'] = [
  { fromDays: 0, toDays: 30, count: 0 },
  { fromDays: 30, toDays: 60, count: 0 },
  { fromDays: 60, toDays: 90, count: 0 },
  { fromDays: 90, toDays: 180, count: 0 },
  { fromDays: 180, toDays: 365, count: 0 },
  { fromDays: 365, toDays: null, count: 0 },
];

function named(
  name: string,
  title: string,
  detail: Omit<
    ServiceDetail,
    | 'entityRef'
    | 'title'
    | 'ownerRef'
    | 'ownerTitle'
    | 'systemRef'
    | 'domainRef'
    | 'type'
    | 'lifecycle'
    | 'tier'
  > &
    Partial<ServiceDetail>,
): ServiceDetail {
  return {
    entityRef: `component:default/${name}`,
    title,
    ownerRef: 'group:default/money-team',
    ownerTitle: 'Money team',
    systemRef: 'system:default/checkout',
    domainRef: 'domain:default/shop',
    type: 'service',
    lifecycle: 'production',
    tier: '1',
    ...detail,
  };
}

const TIER_1_THRESHOLDS: ServiceDetail['thresholds'] = {
  backlog: { maxAge: 'P60D', improvementShare: 0.2 },
  gameDay: { every: 'P90D', counts: ['experiment', 'game-day'] },
  readinessTest: { every: 'P180D', templates: ['production-readiness'] },
};

/** Improvements wait too long; a game day was held and readiness is proven. */
export function overdueService(): ServiceDetail {
  return named('payments', 'Payments', {
    policy: 'tier-1',
    state: 'overdue',
    thresholds: TIER_1_THRESHOLDS,
    sources: [GITHUB, FIS],
    backlog: {
      ...NO_BACKLOG,
      state: 'overdue',
      openCount: 12,
      oldestCreatedAt: daysAgo(400),
      medianCreatedAt: daysAgo(45),
      p85CreatedAt: daysAgo(150),
      oldestStartedAt: daysAgo(20),
      opened30d: 3,
      closed30d: 1,
      opened90d: 7,
      closed90d: 4,
      improvementShare90d: 0.125,
      policyShare: 0.2,
      dueAt: daysAgo(340),
    },
    gameDay: {
      ...NO_GAME_DAY,
      state: 'ok',
      lastHeldAt: daysAgo(21),
      last: {
        kind: 'experiment',
        id: 'EXP1completed',
        title: 'AZ power loss',
        outcome: 'completed',
      },
      dueAt: inDays(69),
    },
    readinessTest: {
      ...NO_READINESS_TEST,
      state: 'ok',
      lastPerformedAt: daysAgo(30),
      verdict: 'conditional',
      template: 'production-readiness',
      missingTemplates: [],
      dueAt: inDays(150),
    },
    ageDistribution: [
      { fromDays: 0, toDays: 30, count: 4 },
      { fromDays: 30, toDays: 60, count: 3 },
      { fromDays: 60, toDays: 90, count: 2 },
      { fromDays: 90, toDays: 180, count: 2 },
      { fromDays: 180, toDays: 365, count: 0 },
      { fromDays: 365, toDays: null, count: 1 },
    ],
    readinessTests: [
      {
        id: 'test-2',
        template: 'production-readiness',
        performedAt: daysAgo(30),
        performedBy: 'user:default/ada',
        verdict: 'conditional',
        validUntil: inDays(150),
        summary: 'Runbooks are there; the restore was not rehearsed.',
      },
      {
        id: 'test-1',
        template: 'production-readiness',
        performedAt: daysAgo(230),
        performedBy: null,
        verdict: 'fail',
        validUntil: daysAgo(50),
        summary: null,
      },
    ],
  });
}

/** All is as the policy asks, and nothing waits. */
export function okService(): ServiceDetail {
  const service = overdueService();
  return {
    ...service,
    entityRef: 'component:default/catalogue',
    title: 'Catalogue',
    state: 'ok',
    backlog: {
      ...NO_BACKLOG,
      opened90d: 3,
      closed90d: 3,
      improvementShare90d: 0.3,
    },
    ageDistribution: NO_AGES,
    sources: [{ ...GITHUB, scope: 'acme/catalogue' }, FIS],
  };
}

/** The tracker has been silent too long; the figures are those last known. */
export function silentService(): ServiceDetail {
  const service = overdueService();
  const lastError =
    'GET https://api.github.com/repos/acme/ledger/issues: 401 Bad credentials';
  return {
    ...service,
    entityRef: 'component:default/ledger',
    title: 'Ledger',
    state: 'unknown',
    backlog: { ...service.backlog, state: 'unknown', checkedAt: daysAgo(3) },
    gameDay: { ...service.gameDay, state: 'unknown', checkedAt: daysAgo(3) },
    sources: [
      {
        ...GITHUB,
        scope: 'acme/ledger',
        health: 'stale',
        checkedAt: daysAgo(3),
        lastError,
      },
      { ...FIS, health: 'stale', checkedAt: daysAgo(3) },
    ],
  };
}

/** No source has answered yet. */
export function unansweredService(): ServiceDetail {
  return named('invoices', 'Invoices', {
    policy: 'tier-1',
    state: 'never',
    thresholds: TIER_1_THRESHOLDS,
    sources: [
      {
        ...GITHUB,
        scope: 'acme/invoices',
        health: 'never',
        checkedAt: null,
      },
      { ...FIS, health: 'never', checkedAt: null },
    ],
    backlog: { ...NO_BACKLOG, state: 'unknown', checkedAt: null },
    gameDay: { ...NO_GAME_DAY, state: 'unknown', checkedAt: null },
    readinessTest: NO_READINESS_TEST,
    ageDistribution: NO_AGES,
    readinessTests: [],
  });
}

/** Its entity names no source. */
export function unconfiguredService(): ServiceDetail {
  return named('search', 'Search', {
    policy: 'tier-1',
    state: 'never',
    thresholds: TIER_1_THRESHOLDS,
    sources: [],
    backlog: { ...NO_BACKLOG, state: 'not-configured', checkedAt: null },
    gameDay: { ...NO_GAME_DAY, state: 'not-configured', checkedAt: null },
    readinessTest: NO_READINESS_TEST,
    ageDistribution: NO_AGES,
    readinessTests: [],
  });
}

/** An annotation names a repository that cannot be one. */
export function misconfiguredService(): ServiceDetail {
  const service = unconfiguredService();
  return {
    ...service,
    entityRef: 'component:default/mail',
    title: 'Mail',
    backlog: {
      ...service.backlog,
      problem:
        'github.com/project-slug is "mail", expected owner/repository, such as acme/payments',
    },
  };
}

/** No policy asks anything of it, and it names no source. */
export function unaskedService(): ServiceDetail {
  const service = unconfiguredService();
  return {
    ...service,
    entityRef: 'component:default/sandbox',
    title: 'Sandbox',
    lifecycle: 'experimental',
    tier: null,
    policy: null,
    thresholds: null,
    state: 'not-required',
    backlog: { ...service.backlog, state: 'not-required' },
    gameDay: { ...service.gameDay, state: 'not-required' },
    readinessTest: {
      ...service.readinessTest,
      state: 'not-required',
      missingTemplates: [],
    },
  };
}

/** Its newest readiness test failed, and improvements are starved. */
export function failingService(): ServiceDetail {
  const service = overdueService();
  return {
    ...service,
    entityRef: 'component:default/refunds',
    title: 'Refunds',
    tier: '2',
    state: 'failing',
    backlog: {
      ...service.backlog,
      state: 'due-soon',
      closed30d: 0,
      closed90d: 0,
      improvementShare90d: 0,
      policyShare: 0.2,
      starvedSince: daysAgo(120),
      dueAt: inDays(5),
    },
    gameDay: NO_GAME_DAY,
    readinessTest: {
      ...service.readinessTest,
      state: 'failing',
      verdict: 'fail',
      lastPerformedAt: daysAgo(3),
    },
    readinessTests: [
      {
        id: 'test-9',
        template: 'production-readiness',
        performedAt: daysAgo(3),
        performedBy: 'user:default/grace',
        verdict: 'fail',
        validUntil: null,
        summary: 'Nobody could restore the database from its backup.',
      },
    ],
  };
}

/** Overdue, but excused for a while. */
export function waivedService(): ServiceDetail {
  const service = overdueService();
  return {
    ...service,
    entityRef: 'component:default/legacy-billing',
    title: 'Legacy billing',
    state: 'ok',
    backlog: {
      ...service.backlog,
      state: 'waived',
      underlyingState: 'overdue',
      waivedUntil: inDays(40),
    },
  };
}

/** One service of every kind above. */
export function allServices(): ServiceDetail[] {
  return [
    overdueService(),
    okService(),
    silentService(),
    unansweredService(),
    unconfiguredService(),
    misconfiguredService(),
    unaskedService(),
    failingService(),
    waivedService(),
  ];
}
