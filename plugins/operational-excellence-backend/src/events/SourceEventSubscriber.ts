import { LoggerService } from '@backstage/backend-plugin-api';
import { EventParams, EventsService } from '@backstage/plugin-events-node';
import { SyncHint } from 'backstage-plugin-operational-excellence-node';
import { ConnectedSource, SourceRegistry } from '../sources';
import { HintedScopes, SparingLog, SyncEngine } from '../sync';
import { failureWords } from '../sync/failureWords';

/**
 * The same in every replica, so that each event goes to one of them. Not to be
 * changed: what came for another id while nobody listened would be lost.
 */
const SUBSCRIBER_ID = 'sources';

/**
 * Listens to the events that sources understand, and has what they hint at read.
 *
 * @remarks
 *
 * Whoever publishes an event waits for it to be taken, such as a tracker that
 * calls a webhook. It is taken once its hints are kept; nobody waits for reads.
 * An event that cannot be understood would not be if it came again: it is logged
 * and dropped.
 */
export class SourceEventSubscriber {
  readonly #engine: Pick<SyncEngine, 'wake'>;
  readonly #hints: HintedScopes;
  readonly #warnings: SparingLog;
  readonly #byTopic = new Map<string, ConnectedSource[]>();

  static create(options: {
    engine: Pick<SyncEngine, 'wake'>;
    hints: HintedScopes;
    logger: LoggerService;
    sources: SourceRegistry;
  }) {
    return new SourceEventSubscriber(options);
  }

  private constructor(options: {
    engine: Pick<SyncEngine, 'wake'>;
    hints: HintedScopes;
    logger: LoggerService;
    sources: SourceRegistry;
  }) {
    const { engine, hints, logger, sources } = options;
    this.#engine = engine;
    this.#hints = hints;
    this.#warnings = SparingLog.create({ logger, level: 'warn' });
    for (const connected of sources.all()) {
      for (const topic of connected.source.events?.topics ?? []) {
        const others = this.#byTopic.get(topic) ?? [];
        this.#byTopic.set(topic, [...others, connected]);
      }
    }
  }

  /** Subscribes, where any source has topics. */
  async subscribe(events: EventsService): Promise<void> {
    const topics = [...this.#byTopic.keys()].sort();
    if (topics.length === 0) return;
    await events.subscribe({
      id: SUBSCRIBER_ID,
      topics,
      onEvent: async event => this.take(event),
    });
  }

  /** Has every source of the topic say what an event hints at. Never throws. */
  take(event: EventParams): void {
    let isNew = false;
    for (const connected of this.#byTopic.get(event.topic) ?? []) {
      for (const hint of this.#hintsOf(connected, event)) {
        if (this.#hints.add(connected.id, hint)) isNew = true;
        else this.#warnOfTooMany(connected);
      }
    }
    if (isNew) this.#engine.wake();
  }

  #hintsOf({ id, source }: ConnectedSource, event: EventParams): SyncHint[] {
    try {
      return source.events?.hintsOf(event) ?? [];
    } catch (error) {
      this.#warnings.log(
        JSON.stringify([id, event.topic]),
        `${id} cannot make sense of an event of the topic ${
          event.topic
        }, which is dropped: ${eventFailureWords(error)}`,
      );
      return [];
    }
  }

  #warnOfTooMany({ id }: ConnectedSource) {
    this.#warnings.log(
      JSON.stringify([id]),
      `There are more events than can be acted on; what some of ${id} hint at is found by the next runs only`,
    );
  }
}

/**
 * What may be told of the failure. The words of an error that a source did not
 * make for this may quote the payload: where it was thrown has to do.
 */
function eventFailureWords(error: unknown): string {
  if (!(error instanceof Error)) return 'it threw something that is no error';
  // By its name, for a module may bring its own copy of the class.
  if (error.name === 'MalformedEventError') return failureWords(error);
  const place = error.stack?.split('\n').find(line => /^\s+at /.test(line));
  return failureWords(`${error.name} ${place ?? ''}`);
}
