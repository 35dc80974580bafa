import {
  measureSchema,
  type Measure,
  type WaiverRequest,
} from 'backstage-plugin-operational-excellence-common';
import { endOfDay } from './days';

/** What a person types into the form. */
export interface WaiverDraft {
  measure: Measure | '';
  reason: string;
  /** A day in the reader's time zone, such as 2026-12-31. */
  until: string;
}

export const EMPTY_WAIVER: WaiverDraft = { measure: '', reason: '', until: '' };

/** Whether nothing was typed since a draft was begun. */
export function isUntouched(draft: WaiverDraft, begun: WaiverDraft): boolean {
  return (
    draft.measure === begun.measure &&
    draft.reason === begun.reason &&
    draft.until === begun.until
  );
}

/**
 * A draft as it was kept, perhaps by another version of the plugin; `undefined`
 * where it is none.
 */
export function parseWaiver(kept: unknown): WaiverDraft | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const fields: Record<string, unknown> = { ...kept };
  const text = (name: string) => {
    const value = fields[name];
    return typeof value === 'string' ? value : '';
  };
  const measure = measureSchema.safeParse(fields.measure);
  return {
    measure: measure.success ? measure.data : '',
    reason: text('reason'),
    until: text('until'),
  };
}

/** What a draft without problems is sent as. */
export function requestOf(
  draft: WaiverDraft,
  of: { entityRef: string; measure: Measure },
): WaiverRequest {
  return {
    ...of,
    reason: draft.reason.trim(),
    until: new Date(endOfDay(draft.until) ?? NaN).toISOString(),
  };
}
