import { EventParams } from '@backstage/plugin-events-node';
import {
  ExperimentSource,
  MalformedEventError,
  SourceEvents,
  SyncHint,
  TicketSource,
} from '../../sources';
import { ContractTests, provided } from './capabilities';
import { errorOf, UpstreamFailure } from './failures';

/**
 * What the driver of a source tells of the events on the source's topics, as
 * subscribers get them from the events service.
 *
 * @public
 */
export interface EventsOfUpstream {
  /** The event that the upstream sends when this has changed. */
  eventOf?(externalId: string): Promise<EventParams>;
  /**
   * Events that are all right and do not concern the source, such as those of
   * another instance.
   */
  readonly unrelatedEvents?: readonly EventParams[];
  /** Events that are not what the topic promises. */
  readonly malformedEvents?: readonly EventParams[];
}

/**
 * What of events a driver, or the source itself, may lack.
 *
 * @public
 */
export type EventCapability = 'events' | 'unrelatedEvents' | 'malformedEvents';

/** What no topic promises. */
const NO_PAYLOADS = [undefined, null, '', 'text', 42, true, [], [{}], {}];

/** How long a value of a payload is that an error would not hold by chance. */
const TELLING_LENGTH = 8;

interface EventsSubject {
  source: TicketSource | ExperimentSource;
  upstream: EventsOfUpstream;
}

/** How a source understands events, whatever it is a source of. */
export function eventsContract(
  tests: ContractTests<EventCapability | `failure:${UpstreamFailure}`>,
  current: () => EventsSubject,
): void {
  tests.test('names its topics', { needs: ['events'] }, async () => {
    const { topics } = eventsOf(current());
    expect(topics.length).toBeGreaterThan(0);
    expect(new Set(topics).size).toBe(topics.length);
  });

  tests.test(
    'throws nothing but a MalformedEventError, whatever an event holds',
    { needs: ['events'] },
    async () => {
      const events = eventsOf(current());
      for (const topic of events.topics) {
        for (const eventPayload of NO_PAYLOADS) {
          const outcome = await read(events, { topic, eventPayload });
          if (Array.isArray(outcome)) expect(outcome).toEqual([]);
          else expect(outcome).toBeInstanceOf(MalformedEventError);
        }
      }
    },
  );

  tests.test(
    'refuses malformed events without quoting them',
    { needs: ['events', 'malformedEvents'] },
    async () => {
      const { source, upstream } = current();
      const events = eventsOf({ source, upstream });
      const malformed = provided(upstream.malformedEvents, 'malformedEvents');
      expect(malformed.length).toBeGreaterThan(0);
      for (const event of malformed) {
        expect(events.topics).toContain(event.topic);
        const error = await errorOf(async () => events.hintsOf(event));
        expect(error).toBeInstanceOf(MalformedEventError);
        for (const text of tellingTexts(event.eventPayload)) {
          expect((error as Error).message).not.toContain(text);
        }
      }
    },
  );

  tests.test(
    'takes no hint from events that do not concern it',
    { needs: ['events', 'unrelatedEvents'] },
    async () => {
      const { source, upstream } = current();
      const events = eventsOf({ source, upstream });
      const unrelated = provided(upstream.unrelatedEvents, 'unrelatedEvents');
      expect(unrelated.length).toBeGreaterThan(0);
      for (const event of unrelated) {
        expect(events.topics).toContain(event.topic);
        expect(events.hintsOf(event)).toEqual([]);
      }
    },
  );
}

/**
 * What the source takes from the event that the upstream sends about something
 * within a scope: one hint, or more, at that scope.
 */
export async function hintsAt(
  subject: EventsSubject,
  externalId: string,
  scopeKey: string,
): Promise<SyncHint[]> {
  const { upstream } = subject;
  const event = await provided(
    upstream.eventOf?.bind(upstream),
    'eventOf',
  )(externalId);
  const events = eventsOf(subject);
  expect(events.topics).toContain(event.topic);
  const hints = events.hintsOf(event);
  // Between replicas only topic and payload of an event are handed on.
  const { eventPayload, topic } = event;
  expect(events.hintsOf({ topic, eventPayload })).toEqual(hints);
  // There may be others: a source does not know which scopes services name.
  const atScope = hints.filter(hint => hint.scopeKey === scopeKey);
  expect(atScope.length).toBeGreaterThan(0);
  return atScope;
}

/** The refs of the events about several things, each once. */
export async function refsOf(
  subject: EventsSubject,
  externalIds: readonly string[],
  scopeKey: string,
): Promise<string[]> {
  const refs = new Set<string>();
  for (const externalId of externalIds) {
    for (const { ref } of await hintsAt(subject, externalId, scopeKey)) {
      if (ref === undefined) {
        throw new Error(
          'The source hints at a whole scope; say that it lacks `hintedReads`',
        );
      }
      refs.add(ref);
    }
  }
  return [...refs];
}

function eventsOf({ source }: EventsSubject): SourceEvents {
  return provided(source.events, 'source.events');
}

async function read(events: SourceEvents, event: EventParams) {
  try {
    return events.hintsOf(event);
  } catch (error) {
    return error;
  }
}

function tellingTexts(value: unknown): string[] {
  if (typeof value === 'string') {
    return value.length >= TELLING_LENGTH ? [value] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(tellingTexts);
}
