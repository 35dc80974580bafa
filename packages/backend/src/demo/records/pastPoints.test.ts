import {
  backlogOf,
  DAY_MS,
  Instant,
  ServiceDetail,
} from 'backstage-plugin-operational-excellence-common';
import { DEMO_SERVICES } from '../data';
import { demoTickets } from '../tickets';
import { pastOf, pointOn } from './pastPoints';

const SEEDED_AT = 1_790_000_000_000;

const THRESHOLDS: ServiceDetail['thresholds'] = {
  backlog: { maxAge: 'P60D', improvementShare: null },
  gameDay: { every: 'P90D', counts: ['experiment', 'game-day'] },
  readinessTest: { every: 'P180D', templates: ['production-readiness'] },
};

/** What of a stored service its past is told from. */
const stored = (thresholds = THRESHOLDS) =>
  ({
    thresholds,
    backlog: { state: 'not-configured' },
  } as ServiceDetail);

const pointsOf = (name: string, at: Instant, thresholds = THRESHOLDS) => {
  const [demo] = DEMO_SERVICES.filter(service => service.name === name);
  return pointOn(pastOf(demo, stored(thresholds), SEEDED_AT), at);
};

describe('pastPoints', () => {
  it('end where the demo begins', () => {
    for (const demo of DEMO_SERVICES.filter(({ backlog }) => backlog)) {
      const point = pointsOf(demo.name, SEEDED_AT);
      const backlog = backlogOf(
        demoTickets(demo, SEEDED_AT).map(
          ({ closedAt, createdAt, improvement }) => ({
            improvement,
            state: closedAt === null ? ('open' as const) : ('done' as const),
            createdAt: Date.parse(createdAt),
            startedAt: null,
            closedAt: closedAt === null ? null : Date.parse(closedAt),
          }),
        ),
        { now: SEEDED_AT },
      );
      expect(point.openSince).toHaveLength(backlog.openCount);
      expect(Math.min(...point.openSince)).toBe(
        backlog.oldestCreatedAt ?? Infinity,
      );
      expect(point.closed90d).toBe(backlog.closed90d);
      expect(point.allClosed90d).toBe(backlog.allClosed90d);
    }
  });

  it('tell of nothing before it came about', () => {
    const years = SEEDED_AT - 4_000 * DAY_MS;
    for (const { name } of DEMO_SERVICES) {
      const point = pointsOf(name, years);
      expect(point).toMatchObject({
        states: { gameDay: 'never', readinessTest: 'never' },
        openSince: [],
        starved: false,
        gameDaysHeld: 0,
        testsPassed: 0,
      });
    }
  });

  it('follow what happened from day to day', () => {
    const [demo] = DEMO_SERVICES.filter(({ gameDays }) =>
      gameDays?.some(({ outcome }) => outcome === 'completed'),
    );
    const newest = Math.min(
      ...(demo.gameDays ?? [])
        .filter(({ outcome }) => outcome === 'completed')
        .map(({ daysAgo }) => daysAgo),
    );
    const held = SEEDED_AT - newest * DAY_MS;
    const at = (days: number) => pointsOf(demo.name, held + days * DAY_MS);
    expect(at(0.5)).toMatchObject({
      gameDaysHeld: 1,
      states: { gameDay: 'ok' },
    });
    expect(at(1.5).gameDaysHeld).toBe(0);
    expect(at(80).states.gameDay).toBe('due-soon');
    expect(at(91).states.gameDay).toBe('overdue');
  });

  it('ask for what the policy asks, and say what of a backlog is not known', () => {
    const [demo] = DEMO_SERVICES.filter(({ backlog }) => !backlog);
    const { states } = pointsOf(demo.name, SEEDED_AT, {
      backlog: null,
      gameDay: null,
      readinessTest: null,
    });
    expect(states).toEqual({
      backlog: 'not-configured',
      gameDay: 'not-required',
      readinessTest: 'not-required',
    });
  });
});
