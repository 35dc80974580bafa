import {
  ExperimentSource,
  TicketSource,
} from 'backstage-plugin-operational-excellence-node';
import { readSchedule, Schedule } from './schedule';

export type ConnectedSource = {
  id: string;
  title: string;
  schedule: Schedule;
} & (
  | { kind: 'ticket'; source: TicketSource }
  | { kind: 'experiment'; source: ExperimentSource }
);

export interface SourceRegistryOptions {
  ticketSources: readonly TicketSource[];
  experimentSources: readonly ExperimentSource[];
  /** For sources that state none, milliseconds. */
  tolerance: number;
}

/** The connected sources. */
export class SourceRegistry {
  readonly ticketSources: readonly TicketSource[];
  readonly experimentSources: readonly ExperimentSource[];
  readonly #byId: ReadonlyMap<string, ConnectedSource>;

  /** @throws InputError where the schedule of a source cannot be read */
  static create(options: SourceRegistryOptions) {
    return new SourceRegistry(options);
  }

  private constructor(options: SourceRegistryOptions) {
    const { experimentSources, ticketSources, tolerance } = options;
    const common = (source: TicketSource | ExperimentSource) => ({
      id: source.id,
      title: source.title,
      schedule: readSchedule(source, { tolerance }),
    });
    this.ticketSources = ticketSources;
    this.experimentSources = experimentSources;
    const connected: ConnectedSource[] = [
      ...ticketSources.map(source => ({
        kind: 'ticket' as const,
        source,
        ...common(source),
      })),
      ...experimentSources.map(source => ({
        kind: 'experiment' as const,
        source,
        ...common(source),
      })),
    ];
    this.#byId = new Map(connected.map(source => [source.id, source]));
  }

  get(id: string): ConnectedSource | undefined {
    return this.#byId.get(id);
  }

  all(): ConnectedSource[] {
    return [...this.#byId.values()];
  }

  ids(): string[] {
    return [...this.#byId.keys()];
  }
}
