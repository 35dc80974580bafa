import {
  Instant,
  Measure,
} from 'backstage-plugin-operational-excellence-common';
import { createHash } from 'node:crypto';

/** What owners are told as it happens; each can be switched off. */
export const ANNOUNCEMENT_KINDS = [
  'dueSoon',
  'overdue',
  'failing',
  'missedGameDay',
  'retestDue',
  'evaluationDue',
  'waiverEnding',
  'initiativeDue',
] as const;

export type AnnouncementKind = (typeof ANNOUNCEMENT_KINDS)[number];

/** What an announcement says, beside the instant that it speaks of. */
interface Facts {
  dueSoon: MeasureFacts;
  overdue: MeasureFacts;
  failing: MeasureFacts & { template: string | null };
  /** `dueAt` is when it was planned to be over. */
  missedGameDay: {
    serviceIds: number[];
    exerciseId: string;
    exerciseKind: string;
    title: string;
  };
  retestDue: { serviceIds: number[]; findingId: string; text: string };
  evaluationDue: {
    serviceIds: number[];
    improvementId: string;
    title: string;
    /** Whether it is too late, not just time. */
    isOver: boolean;
  };
  waiverEnding: {
    serviceIds: number[];
    measure: Measure;
    reason: string;
    isOver: boolean;
  };
  /** `dueAt` is when the last day of the initiative is over. */
  initiativeDue: {
    ownerRef: string;
    initiativeId: string;
    title: string;
    dueOn: string;
    /** Whether the last day is over. */
    isOver: boolean;
    /** The services of the owner that have not reached it. */
    left: DigestGroup;
  };
  /** `dueAt` is when the digest was to be sent. */
  digest: DigestFacts;
}

interface MeasureFacts {
  serviceIds: number[];
  measure: Measure;
}

/** Services that have something in common: how many, and the titles of some. */
export interface DigestGroup {
  count: number;
  titles: string[];
}

/** What awaits an owner. */
export interface DigestFacts {
  ownerRef: string;
  failing: DigestGroup;
  overdue: DigestGroup;
  dueSoon: DigestGroup;
  /** Improvements that are done and not judged yet. */
  awaitingEvaluation: number;
  /** Of them, for longer than the policy allows. */
  evaluationOverdue: number;
  findingsWithoutImprovement: number;
  waiversEnding: number;
}

type AnyAnnouncement = {
  [Kind in keyof Facts]: {
    kind: Kind;
    /**
     * What it is about, of its kind: a measure of a service, a record, an owner.
     */
    subject: string;
    /** The instant that it speaks of. */
    dueAt: Instant;
    facts: Facts[Kind];
  };
}[keyof Facts];

/** What owners are to be told, or were told. */
export type Announcement = AnyAnnouncement;

/** The announcement of some kind. */
export type AnnouncementOf<Kind extends keyof Facts> = Extract<
  AnyAnnouncement,
  { kind: Kind }
>;

/** Notifications keep no longer one. */
const KEY_MAX = 200;

/**
 * The same for the same announcement, however often it is sent: as its scope, it
 * lets a repeated notification take the place of the earlier one.
 */
export function keyOf({
  dueAt,
  kind,
  subject,
}: Pick<Announcement, 'dueAt' | 'kind' | 'subject'>): string {
  const key = `${kind}/${subject}/${dueAt}`;
  return key.length <= KEY_MAX
    ? key
    : `${kind}/${createHash('sha256').update(subject).digest('hex')}/${dueAt}`;
}

/** What all announcements of a measure of a service are about. */
export function measureSubject(serviceId: number, measure: Measure): string {
  return `service/${serviceId}/${measure}`;
}
