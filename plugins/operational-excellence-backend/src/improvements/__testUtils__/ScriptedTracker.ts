import {
  FiledTicket,
  FileTicketRequest,
  ServiceDescriptor,
  TicketSource,
  TicketSyncScope,
  UpstreamError,
} from 'backstage-plugin-operational-excellence-node';
import { FakeTicketSource } from 'backstage-plugin-operational-excellence-node/testUtils';

/**
 * What becomes of one request to file a ticket.
 *
 * - `created`: all is well
 * - `refused`: the tracker wants a field that is missing
 * - `forbidden`, `gone`: it lacks the right, or the project is not there
 * - `unauthorized`: the token has expired
 * - `down`: it cannot be reached
 * - `limited`: it wants to be left alone for a minute
 * - `reset`: the connection breaks before it did anything
 * - `created-reset`: the connection breaks after it did everything
 * - `created-empty`: it answers 201 without a body
 * - `hangs`: it never answers and does nothing
 * - `created-hangs`: it does everything and never answers
 */
export type FilingBehaviour =
  | 'created'
  | 'refused'
  | 'forbidden'
  | 'gone'
  | 'unauthorized'
  | 'down'
  | 'limited'
  | 'reset'
  | 'created-reset'
  | 'created-empty'
  | 'hangs'
  | 'created-hangs';

const FAILURES: Partial<
  Record<
    FilingBehaviour,
    Pick<UpstreamError, 'kind' | 'detail' | 'mayHaveHappened'>
  >
> = {
  refused: {
    kind: 'rejected',
    detail: 'severity: This field is required',
    mayHaveHappened: false,
  },
  forbidden: {
    kind: 'forbidden',
    detail: 'The project is archived',
    mayHaveHappened: false,
  },
  gone: {
    kind: 'not-found',
    detail: 'There is no such project',
    mayHaveHappened: false,
  },
  unauthorized: {
    kind: 'unauthorized',
    detail: 'The token has expired',
    mayHaveHappened: false,
  },
  down: {
    kind: 'unavailable',
    detail: 'the connection was refused',
    mayHaveHappened: false,
  },
  limited: {
    kind: 'rate-limited',
    detail: 'Too many requests',
    mayHaveHappened: false,
  },
  reset: {
    kind: 'unavailable',
    detail: 'the connection was reset',
    mayHaveHappened: true,
  },
  'created-reset': {
    kind: 'unavailable',
    detail: 'the connection was reset',
    mayHaveHappened: true,
  },
  'created-empty': {
    kind: 'invalid-response',
    detail: 'expected JSON, got nothing',
    mayHaveHappened: true,
  },
};

/** A fake tracker, of which tests say what becomes of the next requests. */
export class ScriptedTracker implements TicketSource {
  readonly id: string;
  readonly title: string;
  readonly annotations: readonly string[];
  findableAfter?: string;
  /** Of the requests to file that come next; then all is well. */
  readonly script: FilingBehaviour[] = [];
  /** What was asked to be filed, in order. */
  readonly requests: FileTicketRequest[] = [];
  /** How often was looked for what may have been filed. */
  looks = 0;
  /** Whether it does not find yet what was filed. */
  isIndexLate = false;
  /** Whether it cannot even be asked what was filed. */
  isSearchDown = false;

  static create(options: { id?: string; title?: string } = {}) {
    return new ScriptedTracker(FakeTicketSource.create(options));
  }

  private constructor(readonly fake: FakeTicketSource) {
    this.id = fake.id;
    this.title = fake.title;
    this.annotations = fake.annotations;
  }

  get upstream() {
    return this.fake.upstream;
  }

  scopesFor(service: ServiceDescriptor) {
    return this.fake.scopesFor(service);
  }

  verify(options: { signal: AbortSignal }) {
    return this.fake.verify(options);
  }

  changes(
    scope: TicketSyncScope,
    options: { cursor?: string; signal: AbortSignal },
  ) {
    return this.fake.changes(scope, options);
  }

  reconcile(scope: TicketSyncScope, options: { signal: AbortSignal }) {
    return this.fake.reconcile(scope, options);
  }

  async file(
    request: FileTicketRequest,
    options: { idempotencyKey: string; signal: AbortSignal },
  ): Promise<FiledTicket> {
    const behaviour = this.script.shift() ?? 'created';
    this.requests.push(request);
    const filed = behaviour.startsWith('created')
      ? await this.fake.file(request, options)
      : undefined;
    if (behaviour.endsWith('hangs')) {
      await new Promise((_, reject) => {
        options.signal.addEventListener('abort', () =>
          reject(options.signal.reason),
        );
      });
    }
    const failure = FAILURES[behaviour];
    if (failure) throw this.#error('POST /tickets', failure, behaviour);
    return filed!;
  }

  async findFiled(
    idempotencyKey: string,
    scope: TicketSyncScope,
    options: { signal: AbortSignal },
  ): Promise<FiledTicket | undefined> {
    this.looks += 1;
    if (this.isSearchDown) {
      throw this.#error('GET /tickets', FAILURES.down!, 'down');
    }
    const found = await this.fake.findFiled(idempotencyKey, scope, options);
    return this.isIndexLate ? undefined : found;
  }

  #error(
    operation: string,
    failure: Pick<UpstreamError, 'kind' | 'detail' | 'mayHaveHappened'>,
    behaviour: FilingBehaviour,
  ) {
    return new UpstreamError({
      ...failure,
      source: this.id,
      operation,
      retryAt: behaviour === 'limited' ? Date.now() + 60_000 : undefined,
    });
  }
}
