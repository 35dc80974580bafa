import { Entity } from '@backstage/catalog-model';
import {
  DAY_MS,
  ExperimentItem,
  History,
  Initiative,
  MEASURE_STATES,
  Movers,
  Page,
  ReadinessTest,
  Rollup,
  SavedView,
  Service,
  ServiceDetail,
} from 'backstage-plugin-operational-excellence-common';
import { TestPortal } from './__testUtils__/TestPortal';
import { DEMO_INITIATIVES, DEMO_SERVICES, DEMO_VIEW } from './demo/data';
import { demoTickets } from './demo/tickets';

const API = '/api/operational-excellence';

// Processes are started, killed and started again.
jest.setTimeout(300_000);

interface TrackerTicket {
  key: string;
  title: string;
  state: string;
  improvement: boolean;
  createdAt: string;
  closedAt: string | null;
}

const PAST_EXPERIMENTS = DEMO_SERVICES.flatMap(
  ({ gameDays }) => gameDays ?? [],
).length;
const STARTED_EXPERIMENTS = 2;

function detailPath(name: string) {
  return `${API}/services/component/default/${name}`;
}

/** What the portal has of the demo, apart from figures that time changes. */
async function contents(portal: TestPortal) {
  const services = [];
  for (const { name } of DEMO_SERVICES) {
    const { totalItems: tickets } = await portal.get<Page<unknown>>(
      `${API}/tracker/tickets?entityRef=component:default/${name}&limit=1`,
    );
    const detail = await portal.get<ServiceDetail>(detailPath(name));
    services.push({
      name,
      tickets,
      open: detail.backlog.openCount,
      oldest: detail.backlog.oldestCreatedAt,
      readinessTests: detail.readinessTests.map(t => t.performedAt).sort(),
      waivers: [detail.backlog.waivedUntil, detail.gameDay.waivedUntil],
    });
  }
  const { items } = await portal.get<Page<ExperimentItem>>(
    `${API}/experiments?limit=200`,
  );
  const { totalItems: readinessRuns } = await portal.get<Page<ReadinessTest>>(
    `${API}/readiness-tests?limit=1`,
  );
  return {
    services,
    readinessRuns,
    experiments: items.map(({ title, createdAt }) => `${createdAt} ${title}`),
  };
}

/** Waits until nothing of the demo is missing, and all sources were read. */
async function seeded(portal: TestPortal) {
  await portal.until<Page<Service>>(
    `${API}/services?limit=1`,
    ({ totalItems }) => totalItems === DEMO_SERVICES.length,
  );
  await portal.until<Page<ExperimentItem>>(
    `${API}/experiments?limit=1`,
    ({ totalItems }) => totalItems >= PAST_EXPERIMENTS + STARTED_EXPERIMENTS,
  );
  await portal.until<Page<Initiative>>(
    `${API}/initiatives`,
    ({ totalItems }) => totalItems === DEMO_INITIATIVES.length,
  );
  for (const { name, backlog, readiness, waiver } of DEMO_SERVICES) {
    await portal.until<ServiceDetail>(
      detailPath(name),
      detail =>
        detail.backlog.openCount === (backlog?.open ?? 0) &&
        detail.readinessTests.length >= (readiness?.length ?? 0) &&
        (!waiver || detail[waiver.measure].state === 'waived') &&
        detail.gameDay.state !== 'unknown',
    );
  }
}

describe('the portal', () => {
  let portal: TestPortal;
  beforeAll(async () => {
    portal = await TestPortal.create();
    // Killed twice in the midst of the seeding, before it may complete.
    for (const moment of [
      /POST \/api\/operational-excellence\/tracker\/import/,
      /GET \/api\/operational-excellence\/.*\/booking-api/,
    ]) {
      const killed = await portal.launch();
      await killed.said(moment, 180_000);
      await killed.end('SIGKILL');
    }
    await portal.start();
    await seeded(portal);
  }, 600_000);
  afterAll(() => portal.remove());

  it('has what belongs to the demo once, though its seeding was cut off', async () => {
    const { experiments, services } = await contents(portal);
    expect(
      services.map(({ name, tickets, open, readinessTests }) => ({
        name,
        tickets,
        open,
        readinessTests: readinessTests.length,
      })),
    ).toEqual(
      DEMO_SERVICES.map(service => ({
        name: service.name,
        tickets: demoTickets(service, Date.now()).length,
        open: service.backlog?.open ?? 0,
        readinessTests: service.readiness?.length ?? 0,
      })),
    );
    expect(experiments).toHaveLength(PAST_EXPERIMENTS + STARTED_EXPERIMENTS);
  });

  it('tells what was answered in readiness tests', async () => {
    for (const { name, openReadiness, readiness = [] } of DEMO_SERVICES) {
      const { items } = await portal.get<Page<ReadinessTest>>(
        `${API}/readiness-tests?entityRef=component:default/${name}`,
      );
      const told = items.map(({ answered, failing, state, verdict }) => ({
        state,
        verdict,
        answered,
        failing,
      }));
      const stories = [
        ...(openReadiness
          ? [{ ...openReadiness, state: 'open', verdict: null }]
          : []),
        ...readiness.map(story => ({ ...story, state: 'finished' })),
      ].sort((a, b) => a.daysAgo - b.daysAgo);
      expect({ name, told }).toEqual({
        name,
        told: stories.map(({ answers = {}, state, verdict }) => ({
          state,
          verdict,
          answered: Object.keys(answers).length,
          failing: Object.values(answers).filter(({ value }) => value === 'no')
            .length,
        })),
      });
    }
  });

  it('has a year of history, once', async () => {
    const day = (daysAgo: number) =>
      new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10);
    const { points } = await portal.until<History>(
      `${API}/history?from=${day(370)}&to=${day(1)}`,
      history => history.points.length >= 364,
    );
    const days = points.map(point => point.day);
    expect(new Set(days).size).toBe(days.length);
    const [last] = points.slice(-1);
    expect(last.services).toBe(DEMO_SERVICES.length);
    const [now] = (await portal.get<Page<Rollup>>(`${API}/rollups?by=all`))
      .items;
    // As of the night before, and a waiver was granted since.
    expect(Math.abs(last.openCount - now.openCount)).toBeLessThan(10);
    const { improved } = await portal.get<Movers>(
      `${API}/history/movers?by=owner&days=90`,
    );
    expect(improved[0].change).toBeLessThan(0);
    expect(improved[0].reasons).not.toEqual([]);
  });

  it('has initiatives, whose numbers open the lists that they count', async () => {
    const { items } = await portal.get<Page<Initiative>>(`${API}/initiatives`);
    expect(items.map(({ state, title }) => [title, state])).toEqual([
      [DEMO_INITIATIVES[1].title, 'overdue'],
      [DEMO_INITIATIVES[0].title, 'running'],
    ]);
    for (const { id, progress } of items) {
      expect(progress.reached).toBeGreaterThan(0);
      expect(progress.reached).toBeLessThan(progress.services);
      for (const [reached, count] of [
        ['true', progress.reached],
        ['false', progress.services - progress.reached],
        ['waived', progress.waived],
        ['unknown', progress.unknown],
      ] as const) {
        const list = await portal.get<Page<Service>>(
          `${API}/services?initiative=${id}&reached=${reached}&limit=200`,
        );
        expect([reached, list.items.length]).toEqual([reached, count]);
      }
    }
    const views = await portal.get<{ items: SavedView[] }>(`${API}/views`);
    expect(views.items.map(({ title }) => title)).toEqual([DEMO_VIEW.title]);
  });

  it('shows services in every state', async () => {
    const { items } = await portal.get<Page<Service>>(
      `${API}/services?limit=200`,
    );
    expect(items).toHaveLength(DEMO_SERVICES.length);
    const states = new Set(
      items.flatMap(({ backlog, gameDay, readinessTest }) => [
        backlog.state,
        gameDay.state,
        readinessTest.state,
      ]),
    );
    expect([...MEASURE_STATES].filter(state => !states.has(state))).toEqual([]);
  });

  it('marks the service with a malformed annotation, and only that one', async () => {
    const { items } = await portal.get<Page<Service>>(
      `${API}/services?limit=200`,
    );
    const problems = items.filter(
      ({ backlog, gameDay }) => backlog.problem ?? gameDay.problem,
    );
    expect(problems.map(({ title }) => title)).toEqual(['Session Store']);
  });

  it('puts the services of nested groups together', async () => {
    const { items } = await portal.get<Page<Service>>(
      `${API}/services?owner=group:default/parcel-network&sort=-backlogAge&limit=200`,
    );
    expect(items).toHaveLength(
      DEMO_SERVICES.filter(({ owner }) =>
        ['routing', 'sorting', 'couriers', 'depots'].includes(owner),
      ).length,
    );
    expect(items[0].title).toBe('Hub Sorter');
  });

  it('counts what anybody can count from the tickets', async () => {
    const tickets: TrackerTicket[] = [];
    let cursor = '';
    do {
      const page = await portal.get<Page<TrackerTicket>>(
        `${API}/tracker/tickets?entityRef=component:default/payments&limit=20${cursor}`,
      );
      tickets.push(...page.items);
      cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : '';
    } while (cursor);

    const { backlog, ageDistribution } = await portal.get<ServiceDetail>(
      `${API}/services/component/default/payments`,
    );
    const improvements = tickets.filter(({ improvement }) => improvement);
    const waiting = improvements
      .filter(({ closedAt }) => closedAt === null)
      .map(({ createdAt }) => createdAt)
      .sort()
      .reverse();
    const closedWithin = (list: TrackerTicket[], days: number) =>
      list.filter(
        ({ closedAt }) =>
          closedAt !== null &&
          Date.parse(closedAt) > Date.now() - days * DAY_MS,
      ).length;

    expect(waiting.length).toBeGreaterThan(5);
    expect(backlog).toMatchObject({
      openCount: waiting.length,
      oldestCreatedAt: waiting[waiting.length - 1],
      medianCreatedAt: waiting[Math.ceil(0.5 * waiting.length) - 1],
      p85CreatedAt: waiting[Math.ceil(0.85 * waiting.length) - 1],
      closed30d: closedWithin(improvements, 30),
      closed90d: closedWithin(improvements, 90),
      improvementShare90d:
        closedWithin(improvements, 90) / closedWithin(tickets, 90),
    });
    expect(ageDistribution.reduce((sum, { count }) => sum + count, 0)).toBe(
      waiting.length,
    );
  });

  it('is not seeded again after a restart', async () => {
    const before = await contents(portal);
    await portal.stop();
    await portal.start();
    await seeded(portal);
    expect(await contents(portal)).toEqual(before);
  });

  it('forgets the organisation when it is told to', async () => {
    await portal.stop();
    await portal.start({ demo: false });
    await portal.until<Page<Service>>(
      `${API}/services`,
      ({ totalItems }) => totalItems === 0,
    );
    const { items } = await portal.get<{ items: Entity[] }>(
      '/api/catalog/entities/by-query?filter=metadata.labels.demo=true',
    );
    expect(items).toEqual([]);
    const sources = await portal.get<{ items: { id: string }[] }>(
      `${API}/sources`,
    );
    expect(sources.items.map(({ id }) => id)).not.toContain(
      'demo-heritage-tracker',
    );
  });
});
