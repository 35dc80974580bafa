import { mockServices } from '@backstage/backend-test-utils';
import {
  MalformedEventError,
  SourceEvents,
} from 'backstage-plugin-operational-excellence-node';
import {
  FAKE_EXPERIMENTS_TOPIC,
  FAKE_TICKETS_TOPIC,
  FakeExperimentSource,
  FakeTicketSource,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { SourceRegistry } from '../sources';
import { HintedScopes } from '../sync';
import { SourceEventSubscriber } from './SourceEventSubscriber';

function setUp(
  ticketSources: FakeTicketSource[],
  experimentSources: FakeExperimentSource[] = [],
) {
  const logger = mockServices.logger.mock();
  const sources = SourceRegistry.create({
    ticketSources,
    experimentSources,
    tolerance: 1,
  });
  const hints = HintedScopes.create({ sources });
  const engine = { wake: jest.fn() };
  const subscriber = SourceEventSubscriber.create({
    engine,
    hints,
    logger,
    sources,
  });
  return { engine, hints, logger, subscriber };
}

function eventsWith(hintsOf: SourceEvents['hintsOf']): SourceEvents {
  return { topics: [FAKE_TICKETS_TOPIC], hintsOf };
}

describe('SourceEventSubscriber', () => {
  it('subscribes once to the topics of all sources', async () => {
    const events = mockServices.events.mock();
    const { subscriber } = setUp(
      [FakeTicketSource.create(), FakeTicketSource.create({ id: 'fake:b' })],
      [FakeExperimentSource.create()],
    );
    await subscriber.subscribe(events);
    expect(events.subscribe).toHaveBeenCalledTimes(1);
    expect(events.subscribe).toHaveBeenCalledWith({
      id: 'sources',
      topics: [FAKE_EXPERIMENTS_TOPIC, FAKE_TICKETS_TOPIC],
      onEvent: expect.any(Function),
    });
  });

  it('does not subscribe where no source knows events', async () => {
    const events = mockServices.events.mock();
    const source = FakeTicketSource.create();
    Object.assign(source, { events: undefined });
    await setUp([source]).subscriber.subscribe(events);
    expect(events.subscribe).not.toHaveBeenCalled();
  });

  it('asks every source of the topic, whatever others make of the event', async () => {
    const source = FakeTicketSource.create({ id: 'fake:b' });
    const bad = FakeTicketSource.create();
    Object.assign(bad, {
      events: eventsWith(() => {
        throw new MalformedEventError('more');
      }),
    });
    const { engine, hints, subscriber } = setUp([bad, source]);
    const [id] = await source.upstream.create({
      title: 'One',
      improvement: true,
    });
    subscriber.take(await source.upstream.eventOf(id));
    expect(engine.wake).toHaveBeenCalledTimes(1);
    expect(hints.take(['fake:tickets', 'fake:b'])).toEqual({
      sourceId: 'fake:b',
      key: 'acme',
      refs: [id],
    });
  });

  it('tells of a flood of malformed events in one line', () => {
    const source = FakeTicketSource.create();
    const { engine, logger, subscriber } = setUp([source]);
    for (let n = 0; n < 10_000; n++) {
      subscriber.take({
        topic: FAKE_TICKETS_TOPIC,
        eventPayload: { token: 'xoxb-secret', n },
      });
    }
    expect(engine.wake).not.toHaveBeenCalled();
    expect(logger.warn.mock.calls).toEqual([
      [
        'fake:tickets cannot make sense of an event of the topic fake.tickets, which is dropped: Expected tracker, project and the number of a ticket',
      ],
    ]);
  });

  it.each([
    ['an error that quotes the payload', new SyntaxError('got "xoxb-secret"')],
    ['a text', 'xoxb-secret'],
  ])('does not repeat what a source says with %s', (_, thrown) => {
    const source = FakeTicketSource.create();
    Object.assign(source, {
      events: eventsWith(() => {
        throw thrown;
      }),
    });
    const { logger, subscriber } = setUp([source]);
    subscriber.take({ topic: FAKE_TICKETS_TOPIC, eventPayload: {} });
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(JSON.stringify(logger.warn.mock.calls)).not.toContain('xoxb-secret');
  });

  it('tells where there are more events than it can keep', () => {
    const source = FakeTicketSource.create();
    const { logger, subscriber } = setUp([source]);
    for (let n = 0; n < 11_010; n++) {
      subscriber.take({
        topic: FAKE_TICKETS_TOPIC,
        eventPayload: { tracker: source.id, project: `p${n}`, ticket: '1' },
      });
    }
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('There are more events than can be acted on'),
    );
  });
});
