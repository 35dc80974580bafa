import { ConflictError } from '@backstage/errors';
import {
  ExperimentSource,
  TicketSource,
} from 'backstage-plugin-operational-excellence-node';

/** Takes the sources that modules connect, each under its own id. */
export class SourceCollection {
  readonly ticketSources: TicketSource[] = [];
  readonly experimentSources: ExperimentSource[] = [];
  readonly #ids = new Set<string>();

  addTicketSource(...sources: TicketSource[]) {
    for (const source of sources) {
      this.#take(source.id);
      this.ticketSources.push(source);
    }
  }

  addExperimentSource(...sources: ExperimentSource[]) {
    for (const source of sources) {
      this.#take(source.id);
      this.experimentSources.push(source);
    }
  }

  #take(id: string) {
    if (this.#ids.has(id)) {
      throw new ConflictError(
        `Two sources have the id ${id}; each needs its own`,
      );
    }
    this.#ids.add(id);
  }
}
