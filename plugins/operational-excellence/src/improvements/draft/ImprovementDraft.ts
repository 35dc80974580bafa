import {
  improvementOriginKindSchema,
  improvementPrioritySchema,
  improvementSubmissionSchema,
  type Improvement,
  type ImprovementOrigin,
  type ImprovementPriority,
  type ImprovementSubmission,
} from 'backstage-plugin-operational-excellence-common';
import type { ImprovementPrefill } from '../ImprovementPrefill';
import { newSubmissionKey } from './newSubmissionKey';

/** What a person types into the form. */
export interface ImprovementWording {
  title: string;
  description: string;
  goalMeasure: string;
  goalFrom: string;
  goalTo: string;
  /** A day, such as 2026-12-31. */
  goalBy: string;
  priority: ImprovementPriority | '';
  originKind: ImprovementOrigin['kind'] | '';
  originUrl: string;
}

/** An improvement that is being written, and may be kept for long. */
export interface ImprovementDraft extends ImprovementWording {
  /** The key under which it is submitted, however often that is tried. */
  key: string;
  /** What was sent under the key without learning whether it arrived. */
  unanswered: ImprovementSubmission[];
  /** The improvement that its tracker refused, where this corrects it. */
  corrects: string | null;
  /** The tracker that was chosen; null for the first of them. */
  trackerId: string | null;
}

/** A draft in which only that is filled in which was known beforehand. */
export function newDraft(prefill?: ImprovementPrefill): ImprovementDraft {
  const { description, goal, origin, title } = prefill ?? {};
  return {
    key: newSubmissionKey(),
    unanswered: [],
    corrects: null,
    trackerId: null,
    title: title ?? '',
    description: description ?? '',
    goalMeasure: goal?.measure ?? '',
    goalFrom: goal?.from ?? '',
    goalTo: goal?.to ?? '',
    goalBy: goal?.by?.slice(0, 10) ?? '',
    priority: '',
    originKind: origin?.kind ?? '',
    originUrl: origin?.url ?? '',
  };
}

/** A draft that corrects what a tracker refused. */
export function correctionDraft(improvement: Improvement): ImprovementDraft {
  return {
    ...newDraft({ ...improvement, id: improvement.id }),
    priority: improvement.priority ?? '',
    corrects: improvement.id,
    trackerId: improvement.tracker.id,
  };
}

const WORDING_KEYS: (keyof ImprovementWording)[] = [
  'title',
  'description',
  'goalMeasure',
  'goalFrom',
  'goalTo',
  'goalBy',
  'priority',
  'originKind',
  'originUrl',
];

/** Whether nothing was typed since a draft was begun. */
export function isUntouched(
  draft: ImprovementDraft,
  begun: ImprovementDraft,
): boolean {
  return (
    draft.corrects === begun.corrects &&
    !draft.unanswered.length &&
    WORDING_KEYS.every(key => draft[key] === begun[key])
  );
}

/**
 * A draft as it was kept, perhaps by another version of the plugin; `undefined`
 * where it is none.
 */
export function parseDraft(kept: unknown): ImprovementDraft | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const fields: Record<string, unknown> = { ...kept };
  const text = (name: string) => {
    const value = fields[name];
    return typeof value === 'string' ? value : '';
  };
  const priority = improvementPrioritySchema.safeParse(fields.priority);
  const originKind = improvementOriginKindSchema.safeParse(fields.originKind);
  const unanswered = [fields.unanswered ?? []].flat().flatMap(each => {
    const submission = improvementSubmissionSchema.safeParse(each);
    return submission.success ? [submission.data] : [];
  });
  return {
    key: text('key') || newSubmissionKey(),
    unanswered,
    corrects: text('corrects') || null,
    trackerId: text('trackerId') || null,
    title: text('title'),
    description: text('description'),
    goalMeasure: text('goalMeasure'),
    goalFrom: text('goalFrom'),
    goalTo: text('goalTo'),
    goalBy: text('goalBy'),
    priority: priority.success ? priority.data : '',
    originKind: originKind.success ? originKind.data : '',
    originUrl: text('originUrl'),
  };
}
