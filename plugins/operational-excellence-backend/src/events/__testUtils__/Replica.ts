import { HintedScopes, SyncEngine } from '../../sync';
import { TestSync } from '../../sync/__testUtils__/TestSync';
import { SyncEngineOptions } from '../../sync/SyncEngine';
import { SourceEventSubscriber } from '../SourceEventSubscriber';

/** What of a backend takes events and reads scopes. */
export class Replica {
  static create(sync: TestSync, options: Partial<SyncEngineOptions> = {}) {
    const hints = options.hints ?? sync.hints();
    const engine = sync.engine({ ...options, hints });
    const subscriber = SourceEventSubscriber.create({
      engine,
      hints,
      logger: sync.logger,
      sources: sync.sources,
    });
    return new Replica(engine, hints, subscriber);
  }

  private constructor(
    readonly engine: SyncEngine,
    readonly hints: HintedScopes,
    readonly subscriber: SourceEventSubscriber,
  ) {}
}
