import {
  FakeExperimentSource,
  FakeTicketSource,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { SourceCollection } from './SourceCollection';
import { SourceRegistry } from './SourceRegistry';

describe('SourceCollection', () => {
  it('refuses a second source of the same id, of whatever kind', () => {
    const collection = new SourceCollection();
    collection.addTicketSource(FakeTicketSource.create({ id: 'a' }));
    expect(() =>
      collection.addExperimentSource(FakeExperimentSource.create({ id: 'a' })),
    ).toThrow('Two sources have the id a; each needs its own');
    expect(() =>
      collection.addTicketSource(
        FakeTicketSource.create({ id: 'b' }),
        FakeTicketSource.create({ id: 'b' }),
      ),
    ).toThrow('Two sources have the id b; each needs its own');
  });
});

describe('SourceRegistry', () => {
  const create = (schedule?: Record<string, string>) =>
    SourceRegistry.create({
      ticketSources: [FakeTicketSource.create({ schedule })],
      experimentSources: [],
      tolerance: 7,
    });

  it('knows the schedule of a source', () => {
    expect(create().get('fake:tickets')?.schedule).toEqual({
      every: 600_000,
      reconcileEvery: 86_400_000,
      tolerance: 7,
    });
    expect(
      create({ every: 'PT5S', reconcileEvery: 'P2D', tolerance: 'PT1M' }).get(
        'fake:tickets',
      )?.schedule,
    ).toEqual({ every: 5_000, reconcileEvery: 172_800_000, tolerance: 60_000 });
  });

  it.each(['soon', 'PT0S', 'PT-5S'])('refuses %s as an interval', every => {
    expect(() => create({ every })).toThrow(
      `schedule.every of the source fake:tickets: expected an ISO 8601 duration longer than zero, such as PT10M; got "${every}"`,
    );
  });
});
