import {
  ImprovementDelivery,
  ImprovementGoal,
  ImprovementOrigin,
  ImprovementPriority,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import { FiledTicket } from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import { instantOf, StoredBoolean, StoredInstant } from '../database';

/** What somebody wrote of an improvement. */
export interface ImprovementWording {
  title: string;
  /** Markdown. */
  description: string;
  goal: ImprovementGoal | null;
  priority: ImprovementPriority | null;
  origin: ImprovementOrigin | null;
}

/** Where in which tracker an improvement goes to. */
export interface Destination {
  sourceId: string;
  scopeKey: string;
  container: string;
  allOf: string[];
}

/** How filing an improvement fares. */
export interface DeliveryState {
  state: ImprovementDelivery;
  /** How often the tracker was asked to create the ticket. */
  attempts: number;
  /** In a row, of looking for the ticket as well. */
  failures: number;
  /** Whether an attempt was begun whose outcome is not known. */
  isDoubtful: boolean;
  lastAttemptAt: Instant | null;
  nextAttemptAt: Instant;
  reason: string | null;
}

/** An improvement that was filed from the portal. */
export interface StoredImprovement extends ImprovementWording {
  id: string;
  serviceId: number;
  filedBy: string;
  createdAt: Instant;
  alternativeTo: string | null;
  destination: Destination;
  delivery: DeliveryState;
  /** Its ticket, once it is filed. */
  filed: FiledTicket | null;
}

export interface ImprovementRow {
  sequence: number;
  id: string;
  service_id: number;
  title: string;
  description: string;
  goal: string | null;
  priority: ImprovementPriority | null;
  origin: string | null;
  filed_by: string;
  submission_key: string;
  submission_hash: string;
  created_at: StoredInstant;
  alternative_to: string | null;
  source_id: string;
  scope_key: string;
  container: string;
  all_of: string;
  delivery_state: ImprovementDelivery;
  attempts: number;
  failures: number;
  doubtful: StoredBoolean;
  last_attempt_at: StoredInstant | null;
  next_attempt_at: StoredInstant;
  reason: string | null;
  claim_token: string | null;
  claimed_until: StoredInstant | null;
  external_id: string | null;
  ticket_key: string | null;
  ticket_url: string | null;
  filed_at: StoredInstant | null;
}

/** What is written of an attempt to file an improvement. */
export type AttemptColumns = {
  [name in
    | 'attempts'
    | 'doubtful'
    | 'last_attempt_at'
    | 'claim_token'
    | 'claimed_until']?: ImprovementRow[name] | Knex.Raw;
};

export function improvementOfRow(row: ImprovementRow): StoredImprovement {
  return {
    id: row.id,
    serviceId: row.service_id,
    title: row.title,
    description: row.description,
    goal: row.goal === null ? null : JSON.parse(row.goal),
    priority: row.priority,
    origin: row.origin === null ? null : JSON.parse(row.origin),
    filedBy: row.filed_by,
    createdAt: instantOf(row.created_at),
    alternativeTo: row.alternative_to,
    destination: {
      sourceId: row.source_id,
      scopeKey: row.scope_key,
      container: row.container,
      allOf: JSON.parse(row.all_of),
    },
    delivery: {
      state: row.delivery_state,
      attempts: row.attempts,
      failures: row.failures,
      isDoubtful: Boolean(row.doubtful),
      lastAttemptAt: instantOf(row.last_attempt_at),
      nextAttemptAt: instantOf(row.next_attempt_at),
      reason: row.reason,
    },
    filed:
      row.external_id === null || row.ticket_key === null
        ? null
        : {
            externalId: row.external_id,
            key: row.ticket_key,
            url: row.ticket_url,
          },
  };
}

/** What is written of the wording. */
export function wordingColumns(wording: ImprovementWording) {
  const { description, goal, origin, priority, title } = wording;
  return {
    title,
    description,
    goal: goal && JSON.stringify(goal),
    priority,
    origin: origin && JSON.stringify(origin),
  };
}

/** What is written of the destination. */
export function destinationColumns(destination: Destination) {
  const { allOf, container, scopeKey, sourceId } = destination;
  return {
    source_id: sourceId,
    scope_key: scopeKey,
    container,
    all_of: JSON.stringify(allOf),
  };
}
