import {
  SourceSchedule,
  TicketPage,
  TicketScope,
  TicketSource,
  TicketSyncScope,
} from 'backstage-plugin-operational-excellence-node';

type Changes = TicketSource['changes'];

/** A ticket source that does what a test tells it, and keeps a record. */
export class ScriptedSource implements TicketSource {
  readonly annotations = [];
  readonly id: string;
  readonly title: string;
  readonly schedule: SourceSchedule | undefined;
  /** The cursors that runs began with, by scope. */
  readonly begun: [scope: string, cursor: string | undefined][] = [];
  verified = 0;
  onVerify: (signal: AbortSignal) => Promise<void> = async () => {};
  onChanges: Changes;
  reconcile?: TicketSource['reconcile'];

  constructor(
    onChanges: Changes,
    options: { id?: string; schedule?: SourceSchedule } = {},
  ) {
    this.id = options.id ?? 'tracker:test';
    this.title = `Tracker ${this.id}`;
    this.schedule = options.schedule;
    this.onChanges = onChanges;
  }

  scopesFor(): TicketScope[] {
    return [];
  }

  async verify({ signal }: { signal: AbortSignal }): Promise<void> {
    this.verified++;
    await this.onVerify(signal);
  }

  changes(
    scope: TicketSyncScope,
    options: { cursor?: string; signal: AbortSignal },
  ): AsyncIterable<TicketPage> {
    this.begun.push([scope.key, options.cursor]);
    return this.onChanges(scope, options);
  }
}

/** A source that has nothing new whenever it is asked. */
export async function* nothingNew(
  _scope: TicketSyncScope,
  options: { cursor?: string },
): AsyncIterable<TicketPage> {
  yield { tickets: [], cursor: options.cursor ?? 'start', requests: 1 };
}

/** Something that a test lets happen. */
export class Gate {
  #open: () => void = () => {};
  readonly passed = new Promise<void>(resolve => {
    this.#open = resolve;
  });

  open() {
    this.#open();
  }
}
