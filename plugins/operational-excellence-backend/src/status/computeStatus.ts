import {
  addDuration,
  Backlog,
  backlogOf,
  gameDayKindSchema,
  Instant,
  lastGameDay,
  Measure,
  MeasureFacts,
  Policy,
  Readiness,
  readinessOf,
  subtractDuration,
} from 'backstage-plugin-operational-excellence-common';
import { ServiceFacts } from './serviceFacts';
import { ListedService } from './statusRows';

/**
 * The status of a service. What the states follow from is given for as long as
 * all sources are fresh.
 */
export interface ComputedStatus {
  service: ListedService;
  facts: Record<Measure, MeasureFacts>;
  /** What is wrong with annotations. */
  problems: Record<'backlog' | 'gameDay', string | null>;
  backlog: Backlog;
  /** Whose group the backlog depends on. */
  backlogScopeIds: number[];
  lastGameDay: ServiceFacts['gameDays'][number] | undefined;
  /** Whether a connected source could tell of a newer game day. */
  awaitsExperiments: boolean;
  readiness: Readiness | undefined;
}

/** The status of a service under its policy, if one applies. */
export function computeStatus(
  facts: ServiceFacts,
  policy: Policy | undefined,
  options: { now: Instant; experimentSourceIds: readonly string[] },
): ComputedStatus {
  const backlog = backlogOf(facts.tickets, options);
  const ticketScopes = facts.ticketScopes.filter(
    ({ implicit, matched }) => !implicit || matched,
  );
  const kinds = countedKinds(policy);
  const last = lastGameDay(facts.gameDays, kinds);
  const sourceIds = kinds.includes('experiment')
    ? options.experimentSourceIds
    : [];
  const readiness =
    policy?.readinessTest &&
    readinessOf(facts.readinessTests, policy.readinessTest);

  return {
    service: facts.service,
    facts: {
      backlog: backlogFacts(policy, {
        oldestCreatedAt: backlog.oldestCreatedAt,
        configured: ticketScopes.length > 0,
        known: ticketScopes.every(
          ({ covered, missing }) => covered && missing === null,
        ),
        waivedUntil: facts.waivers.backlog ?? null,
      }),
      gameDay: gameDayFacts(facts, policy, { last, sourceIds }),
      readinessTest: readinessTestFacts(facts, policy, readiness),
    },
    problems: {
      backlog: problemOf(
        facts,
        'backlog',
        ticketScopes.map(({ missing }) => missing && missingWords(missing)),
      ),
      gameDay: problemOf(facts, 'gameDay'),
    },
    backlog,
    backlogScopeIds: ticketScopes.map(({ scopeId }) => scopeId),
    lastGameDay: last,
    awaitsExperiments: sourceIds.length > 0,
    readiness,
  };
}

/** What the state of a backlog follows from under a policy. */
export function backlogFacts(
  policy: Policy | undefined,
  evidence: {
    oldestCreatedAt: Instant | null;
    configured: boolean;
    /** Whether the sources answer for all that the service names. */
    known: boolean;
    waivedUntil: Instant | null;
  },
): MeasureFacts {
  const { configured, known, oldestCreatedAt, waivedUntil } = evidence;
  const rule = policy?.backlog;
  const dueAt =
    rule && oldestCreatedAt !== null
      ? addDuration(oldestCreatedAt, rule.maxAge)
      : null;
  return {
    required: rule !== undefined,
    configured,
    failing: false,
    happened: true,
    dueAt,
    warnAt: warnAtOf(dueAt, rule),
    freshUntil: known ? Infinity : null,
    completeUntil: known ? Infinity : null,
    waivedUntil,
  };
}

/** Where the policy does not ask for game days, those of any kind are shown. */
function countedKinds(policy: Policy | undefined) {
  return policy?.gameDay?.counts ?? gameDayKindSchema.options;
}

function gameDayFacts(
  facts: ServiceFacts,
  policy: Policy | undefined,
  options: {
    last: { heldAt: Instant } | undefined;
    sourceIds: readonly string[];
  },
): MeasureFacts {
  const { last, sourceIds } = options;
  const rule = policy?.gameDay;
  const malformed = facts.problems
    .filter(({ measure }) => measure === 'gameDay')
    .map(({ sourceId }) => sourceId);
  const dueAt = last && rule ? addDuration(last.heldAt, rule.every) : null;
  return {
    required: rule !== undefined,
    configured:
      last !== undefined || sourceIds.some(id => !malformed.includes(id)),
    failing: false,
    happened: last !== undefined,
    dueAt,
    warnAt: warnAtOf(dueAt, rule),
    freshUntil: Infinity,
    completeUntil: Infinity,
    waivedUntil: facts.waivers.gameDay ?? null,
  };
}

function readinessTestFacts(
  facts: ServiceFacts,
  policy: Policy | undefined,
  readiness: Readiness | undefined,
): MeasureFacts {
  const rule = policy?.readinessTest;
  const dueAt = readiness?.dueAt ?? null;
  return {
    required: rule !== undefined,
    configured: true,
    failing: readiness?.verdict === 'fail',
    happened: readiness?.missing.length === 0,
    dueAt,
    warnAt: warnAtOf(dueAt, rule),
    freshUntil: Infinity,
    completeUntil: Infinity,
    waivedUntil: facts.waivers.readinessTest ?? null,
  };
}

function warnAtOf(dueAt: Instant | null, rule?: { warnBefore: string }) {
  return dueAt !== null && rule
    ? subtractDuration(dueAt, rule.warnBefore)
    : null;
}

function problemOf(
  facts: ServiceFacts,
  measure: Measure,
  further: readonly (string | null)[] = [],
): string | null {
  const messages = new Set(
    facts.problems
      .filter(problem => problem.measure === measure)
      .map(({ message }) => message),
  );
  for (const message of further) {
    if (message !== null) messages.add(message);
  }
  return messages.size ? [...messages].join('; ') : null;
}

/** What is said of something that the upstream does not know. */
function missingWords(missing: { message: string; suggestion: string | null }) {
  const { message, suggestion } = missing;
  return suggestion === null
    ? message
    : `${message}; ${suggestion} may have been meant`;
}
