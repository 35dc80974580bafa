import {
  backlogOf,
  DAY_MS,
} from 'backstage-plugin-operational-excellence-common';
import { DEMO_SERVICES, DemoService } from '../data';
import { DemoTicket, demoTickets } from './demoTickets';

const SEEDED_AT = Date.parse('2026-06-01T12:00:00Z');

const instant = (iso: string | null) => (iso === null ? null : Date.parse(iso));

/** The instants of a ticket in the order in which they must lie. */
function course({ createdAt, reopenings, startedAt, closedAt }: DemoTicket) {
  return [
    createdAt,
    ...reopenings.flatMap(r => [r.closedAt, r.reopenedAt]),
    startedAt,
    closedAt,
  ]
    .filter(at => at !== null)
    .map(at => Date.parse(at));
}

describe('demoTickets', () => {
  const all = DEMO_SERVICES.flatMap(service => demoTickets(service, SEEDED_AT));

  it('are the same each time', () => {
    expect(
      DEMO_SERVICES.flatMap(service => demoTickets(service, SEEDED_AT)),
    ).toEqual(all);
  });

  it('are years of work', () => {
    expect(all.length).toBeGreaterThan(600);
    expect(all.length).toBeLessThan(1_500);
    const oldest = Math.min(
      ...all.map(({ createdAt }) => Date.parse(createdAt)),
    );
    expect((SEEDED_AT - oldest) / DAY_MS).toBeGreaterThan(2 * 365);
  });

  it('have a name of their own', () => {
    expect(new Set(all.map(({ externalKey }) => externalKey)).size).toBe(
      all.length,
    );
    const improvements = all.filter(({ improvement }) => improvement);
    expect(
      new Set(improvements.map(t => `${t.entityRef} ${t.title}`)).size,
    ).toBe(improvements.length);
  });

  it('happened in order, and not in the future', () => {
    for (const ticket of all) {
      const instants = course(ticket);
      expect(instants).toEqual([...instants].sort((a, b) => a - b));
      expect(instants.at(-1)).toBeLessThanOrEqual(SEEDED_AT);
    }
  });

  it.each(
    DEMO_SERVICES.flatMap(service =>
      service.backlog
        ? [[service.name, service, service.backlog] as const]
        : [],
    ),
  )('of %s tell its story', (_, service: DemoService, story) => {
    const tickets = demoTickets(service, SEEDED_AT);
    const figures = backlogOf(
      tickets.map(({ createdAt, startedAt, closedAt, improvement }) => ({
        improvement,
        state: closedAt === null ? 'open' : 'done',
        createdAt: Date.parse(createdAt),
        startedAt: instant(startedAt),
        closedAt: instant(closedAt),
      })),
      { now: SEEDED_AT },
    );
    expect(figures.openCount).toBe(story.open);
    expect((SEEDED_AT - figures.oldestCreatedAt!) / DAY_MS).toBeCloseTo(
      story.oldestDays,
      5,
    );
    const improvements = tickets.filter(({ improvement }) => improvement);
    expect(improvements).toHaveLength(story.open + story.closed);
    expect(
      improvements.filter(t => t.startedAt !== null && t.closedAt === null),
    ).toHaveLength(story.inProgress ?? 0);
    expect(
      improvements.filter(({ reopenings }) => reopenings.length),
    ).toHaveLength(story.reopened ?? 0);
  });
});
