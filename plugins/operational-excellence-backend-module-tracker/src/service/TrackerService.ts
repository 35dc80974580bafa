import {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import {
  ImportedTicket,
  NewTicket,
  PastTicket,
  TicketContent,
  TicketEvent,
  TicketListQuery,
  TrackerTicket,
  Transition,
} from '../tickets';

/** A user, or a plugin on its own behalf. */
export type Caller = BackstageCredentials<
  BackstageUserPrincipal | BackstageServicePrincipal
>;

export interface CallOptions {
  credentials: Caller;
}

export interface ChangeOptions extends CallOptions {
  /** Fails where the ticket has another version. */
  ifVersion?: number;
}

export interface TrackerTicketPage {
  tickets: TrackerTicket[];
  totalItems: number;
  nextCursor?: string;
}

/** What callers can do with the built-in tracker. */
export interface TrackerService {
  create(
    ticket: NewTicket,
    options: CallOptions & { idempotencyKey?: string },
  ): Promise<{ ticket: TrackerTicket; created: boolean }>;

  /** @throws NotFoundError */
  get(
    key: string,
    options: CallOptions,
  ): Promise<{ ticket: TrackerTicket; events: TicketEvent[] }>;

  list(
    query: TicketListQuery,
    options: CallOptions,
  ): Promise<TrackerTicketPage>;

  /** @throws NotFoundError, ConflictError */
  update(
    key: string,
    changes: Partial<TicketContent>,
    options: ChangeOptions,
  ): Promise<TrackerTicket>;

  /** @throws NotFoundError, ConflictError */
  transition(
    key: string,
    transition: Transition,
    options: ChangeOptions,
  ): Promise<TrackerTicket>;

  /** All or nothing. @throws InputError */
  import(
    tickets: PastTicket[],
    options: CallOptions,
  ): Promise<ImportedTicket[]>;
}
