import {
  addDuration,
  Backlog,
  backlogOf,
  BacklogTicket,
  DAY_MS,
  GameDayKind,
  Instant,
  lastGameDay,
  MeasureFacts,
  measureStanding,
  MeasureState,
  readinessOf,
  ReadinessTestRun,
  ServiceDetail,
  starvedSince,
  subtractDuration,
} from 'backstage-plugin-operational-excellence-common';
import { ServicePointRecord } from 'backstage-plugin-operational-excellence-node';
import { serviceRef } from '../catalog';
import { DEMO_EXERCISES, DemoService } from '../data';
import { DemoTicket, demoTickets } from '../tickets';
import { TEMPLATE } from './readinessRuns';

/** How long before it is due a measure warns, as the policies leave it. */
const WARN_BEFORE = 'P14D';

/** What of a game day counts: that it took place. */
const TOOK_PLACE = ['completed', 'stopped'];

interface PastGameDay {
  kind: GameDayKind;
  id: string;
  heldAt: Instant;
}

/** All that is known of a service of the demo, and when it came about. */
export interface Past {
  entityRef: string;
  /** As its policy asks today, as it did all the time. */
  thresholds: ServiceDetail['thresholds'];
  /** What is said of its backlog all the time; else what its tickets tell. */
  backlogState?: MeasureState;
  tickets: DemoTicket[];
  gameDays: PastGameDay[];
  tests: ReadinessTestRun[];
}

export function pastOf(
  demo: DemoService,
  stored: ServiceDetail,
  seededAt: Instant,
): Past {
  const ago = (days: number) => seededAt - days * DAY_MS;
  return {
    entityRef: serviceRef(demo),
    thresholds: stored.thresholds,
    // A tracker that does not answer, or none.
    backlogState: demo.backlog ? undefined : stored.backlog.state,
    tickets: demoTickets(demo, seededAt),
    gameDays: [
      ...(demo.gameDays ?? [])
        .filter(({ outcome }) => TOOK_PLACE.includes(outcome))
        .map(({ daysAgo }, index) => ({
          kind: 'experiment' as const,
          id: `${index}`,
          heldAt: ago(daysAgo),
        })),
      ...DEMO_EXERCISES.filter(
        ({ held, services }) => held && services.includes(demo.name),
      ).map(({ daysAgo, key, kind }) => ({
        kind,
        id: key,
        heldAt: ago(daysAgo),
      })),
    ],
    tests: (demo.readiness ?? []).map(
      ({ daysAgo, validForDays, verdict }, index) => ({
        id: `${index}`,
        template: TEMPLATE,
        performedAt: ago(daysAgo),
        verdict,
        validUntil:
          validForDays === undefined ? null : ago(daysAgo - validForDays),
      }),
    ),
  };
}

/** How a service stood then. */
export function pointOn(past: Past, at: Instant): ServicePointRecord {
  const backlog = backlogOf(ticketsOn(past.tickets, at), { now: at });
  const { lastClosedAt, oldestCreatedAt } = backlog;
  const happened = (instant: Instant) => instant <= at;
  const isNew = (instant: Instant) =>
    happened(instant) && instant > at - DAY_MS;
  return {
    entityRef: past.entityRef,
    states: {
      backlog: past.backlogState ?? stateOn(at, backlogFacts(past, backlog)),
      gameDay: stateOn(at, gameDayFacts(past, happened)),
      readinessTest: stateOn(at, readinessFacts(past, happened)),
    },
    openSince: ticketsOn(past.tickets, at)
      .filter(({ improvement, state }) => improvement && state !== 'done')
      .map(({ createdAt }) => createdAt),
    starved:
      starvedSince({ oldestCreatedAt, lastClosedAt }, { now: at }) !== null,
    closed90d: backlog.closed90d,
    allClosed90d: backlog.allClosed90d,
    gameDaysHeld: past.gameDays.filter(
      ({ heldAt, kind }) =>
        (kind === 'experiment' || kind === 'game-day') && isNew(heldAt),
    ).length,
    testsPassed: past.tests.filter(
      ({ performedAt, verdict }) => verdict === 'pass' && isNew(performedAt),
    ).length,
  };
}

function stateOn(
  at: Instant,
  facts: Pick<MeasureFacts, 'dueAt' | 'failing' | 'happened' | 'required'>,
): MeasureState {
  const { dueAt } = facts;
  return measureStanding(
    {
      ...facts,
      configured: true,
      warnAt: dueAt === null ? null : subtractDuration(dueAt, WARN_BEFORE),
      freshUntil: Infinity,
      completeUntil: Infinity,
      // Waivers are granted when the demo is seeded.
      waivedUntil: null,
    },
    { now: at },
  ).state;
}

function backlogFacts({ thresholds }: Past, { oldestCreatedAt }: Backlog) {
  const rule = thresholds?.backlog;
  return {
    required: Boolean(rule),
    failing: false,
    happened: true,
    dueAt:
      rule && oldestCreatedAt !== null
        ? addDuration(oldestCreatedAt, rule.maxAge)
        : null,
  };
}

function gameDayFacts(
  { gameDays, thresholds }: Past,
  happened: (at: Instant) => boolean,
) {
  const rule = thresholds?.gameDay;
  const last = lastGameDay(
    gameDays.filter(({ heldAt }) => happened(heldAt)),
    rule?.counts ?? [],
  );
  return {
    required: Boolean(rule),
    failing: false,
    happened: last !== undefined,
    dueAt: last && rule ? addDuration(last.heldAt, rule.every) : null,
  };
}

function readinessFacts(
  { tests, thresholds }: Past,
  happened: (at: Instant) => boolean,
) {
  const rule = thresholds?.readinessTest;
  const readiness =
    rule &&
    readinessOf(
      tests.filter(({ performedAt }) => happened(performedAt)),
      rule,
    );
  return {
    required: Boolean(rule),
    failing: readiness?.verdict === 'fail',
    happened: readiness?.missing.length === 0,
    dueAt: readiness?.dueAt ?? null,
  };
}

/** The tickets that there were, as they were. */
function ticketsOn(tickets: readonly DemoTicket[], at: Instant) {
  return tickets
    .filter(({ createdAt }) => Date.parse(createdAt) <= at)
    .map((ticket): BacklogTicket => {
      const closedAt = closedOn(ticket, at);
      return {
        improvement: ticket.improvement,
        state: closedAt === null ? 'open' : 'done',
        createdAt: Date.parse(ticket.createdAt),
        startedAt: null,
        closedAt,
      };
    });
}

function closedOn(ticket: DemoTicket, at: Instant): Instant | null {
  const closings = [
    ...ticket.reopenings.map(({ closedAt, reopenedAt }) => ({
      from: Date.parse(closedAt),
      to: Date.parse(reopenedAt),
    })),
    ...(ticket.closedAt === null
      ? []
      : [{ from: Date.parse(ticket.closedAt), to: Infinity }]),
  ];
  return closings.find(({ from, to }) => from <= at && at < to)?.from ?? null;
}
