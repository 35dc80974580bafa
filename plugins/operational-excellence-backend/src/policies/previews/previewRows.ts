import {
  Instant,
  MEASURES,
  Measure,
  MeasureState,
  Policy,
  PolicyPreview,
  PolicyPreviewService,
} from 'backstage-plugin-operational-excellence-common';
import { Columns, instantOf, StoredInstant } from '../../database';

/** What a state is of: a measure, or the whole service. */
export type Subject = Measure | 'service';

export const SUBJECTS: readonly Subject[] = ['service', ...MEASURES];

/** How the columns of each begin. */
export const COLUMN_OF = {
  service: 'service',
  backlog: 'backlog',
  gameDay: 'game_day',
  readinessTest: 'readiness',
} as const satisfies Record<Subject, string>;

/** A row of `policy_previews`. */
export interface PreviewRow {
  id: string;
  state: PolicyPreview['state'];
  problem: string | null;
  policies: string;
  created_by: string;
  created_at: StoredInstant;
  after_id: number;
  services: number;
  changed: number;
  changes: string;
  attempts: number;
}

type Changes = PolicyPreview['changes'];

/** A preview as it is stored. */
export interface StoredPreview {
  id: string;
  state: PolicyPreview['state'];
  problem: string | null;
  policies: Policy[];
  createdBy: string;
  createdAt: Instant;
  /** The last service that was looked at. */
  afterId: number;
  services: number;
  changed: number;
  changes: Changes;
  /** How often it was begun since it last got on. */
  attempts: number;
}

export function previewOfRow(row: PreviewRow): StoredPreview {
  return {
    id: row.id,
    state: row.state,
    problem: row.problem,
    policies: JSON.parse(row.policies),
    createdBy: row.created_by,
    createdAt: instantOf(row.created_at),
    afterId: row.after_id,
    services: row.services,
    changed: row.changed,
    changes: JSON.parse(row.changes),
    attempts: row.attempts,
  };
}

type StateColumn = `${(typeof COLUMN_OF)[Subject]}_${'from' | 'to'}`;

/** A row of `policy_preview_services`. */
export interface PreviewServiceRow extends Record<StateColumn, MeasureState> {
  preview_id: string;
  service_id: number;
  entity_ref: string;
  title: string;
  policy_before: string | null;
  policy_after: string | null;
}

export const previewServiceColumns: Columns<PreviewServiceRow> = {
  preview_id: 'text',
  service_id: 'integer',
  entity_ref: 'text',
  title: 'text',
  policy_before: 'text',
  policy_after: 'text',
  service_from: 'text',
  service_to: 'text',
  backlog_from: 'text',
  backlog_to: 'text',
  game_day_from: 'text',
  game_day_to: 'text',
  readiness_from: 'text',
  readiness_to: 'text',
};

/** What becomes of a service, with its id. */
export interface PreviewedService extends PolicyPreviewService {
  serviceId: number;
}

export function previewServiceRow(
  previewId: string,
  service: PreviewedService,
): PreviewServiceRow {
  return {
    preview_id: previewId,
    service_id: service.serviceId,
    entity_ref: service.entityRef,
    title: service.title,
    policy_before: service.policyBefore,
    policy_after: service.policyAfter,
    service_from: service.service.from,
    service_to: service.service.to,
    backlog_from: service.backlog.from,
    backlog_to: service.backlog.to,
    game_day_from: service.gameDay.from,
    game_day_to: service.gameDay.to,
    readiness_from: service.readinessTest.from,
    readiness_to: service.readinessTest.to,
  };
}

export function previewServiceOfRow(
  row: PreviewServiceRow,
): PolicyPreviewService {
  return {
    entityRef: row.entity_ref,
    title: row.title,
    policyBefore: row.policy_before,
    policyAfter: row.policy_after,
    service: { from: row.service_from, to: row.service_to },
    backlog: { from: row.backlog_from, to: row.backlog_to },
    gameDay: { from: row.game_day_from, to: row.game_day_to },
    readinessTest: { from: row.readiness_from, to: row.readiness_to },
  };
}
