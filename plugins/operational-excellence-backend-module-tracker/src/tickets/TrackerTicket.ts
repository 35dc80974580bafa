import { Instant } from 'backstage-plugin-operational-excellence-common';

export type TrackerTicketState = 'open' | 'in-progress' | 'done';

/** A ticket of the built-in tracker. */
export interface TrackerTicket {
  id: number;
  entityRef: string;
  title: string;
  /** Markdown. */
  description: string;
  state: TrackerTicketState;
  /** Whether it was flagged as an improvement; labels may class it as one too. */
  improvement: boolean;
  labels: string[];
  priority: string | null;
  assignee: string | null;
  /** The first creation, also of a ticket that was reopened. */
  createdAt: Instant;
  /** When the work that is under way, or that was done, began. */
  startedAt: Instant | null;
  /** When it was last closed; `null` exactly while `state` is not `done`. */
  closedAt: Instant | null;
  updatedAt: Instant;
  /** Who created it: a user's entity reference, or a service's subject. */
  createdBy: string;
  /** Grows with every change. */
  version: number;
}

/** What people write of a ticket. */
export interface TicketContent {
  title: string;
  description: string;
  labels: string[];
  priority: string | null;
  assignee: string | null;
}

/** A ticket to be created. */
export interface NewTicket extends TicketContent {
  entityRef: string;
  improvement: boolean;
}

export type TicketEventKind =
  | 'created'
  | 'imported'
  | 'updated'
  | 'started'
  | 'closed'
  | 'reopened';

/** Something that happened to a ticket. */
export interface TicketEvent {
  kind: TicketEventKind;
  at: Instant;
  by: string;
  /** What an update changed. */
  fields: string[];
}

const KEY_PREFIX = 'OPX-';

/** The short name that people use, such as `OPX-12`. */
export function ticketKey(id: number): string {
  return `${KEY_PREFIX}${id}`;
}

/** The id that a key stands for; `undefined` where it is no key. */
export function ticketIdOf(key: string): number | undefined {
  const digits = /^OPX-([1-9]\d{0,8})$/i.exec(key)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
