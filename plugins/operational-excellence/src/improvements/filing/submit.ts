import { ResponseError } from '@backstage/errors';
import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import type { OperationalExcellenceApi } from '../../api';
import {
  correctionOf,
  Drafting,
  newSubmissionKey,
  submissionOf,
} from '../draft';
import { SentElsewhere } from './SentElsewhere';

/** What became of a draft that was sent. */
export interface Submitted {
  improvement: Improvement;
  /**
   * Whether it is what an earlier attempt had brought there after all, and the
   * draft was changed since.
   */
  isEarlier: boolean;
}

/**
 * Files a draft. What is sent is kept with the draft until it is known to have
 * arrived or to have been refused, so that it can be asked for again.
 *
 * @throws SentElsewhere where another draft was sent under the same key
 */
export async function submit(
  api: OperationalExcellenceApi,
  drafting: Drafting,
  options: Parameters<typeof submissionOf>[1],
): Promise<Submitted> {
  const { draft, replace } = drafting;
  const submission = submissionOf(draft, options);
  replace({ ...draft, unanswered: [...draft.unanswered, submission] });
  try {
    const improvement = await api.fileImprovement(submission);
    return { improvement, isEarlier: false };
  } catch (error) {
    if (hasNotArrived(error)) replace(draft);
    if (!isConflict(error)) throw error;
    for (const earlier of draft.unanswered) {
      const improvement = await filedBefore(api, earlier);
      if (improvement) return { improvement, isEarlier: true };
    }
    replace({ ...draft, key: newSubmissionKey(), unanswered: [] });
    throw new SentElsewhere();
  }
}

/** Sends again what a tracker refused, or tells what became of it meanwhile. */
export async function resend(
  api: OperationalExcellenceApi,
  id: string,
  correction: ReturnType<typeof correctionOf>,
): Promise<Submitted> {
  try {
    const improvement = await api.resendImprovement(id, correction);
    return { improvement, isEarlier: false };
  } catch (error) {
    if (!isConflict(error)) throw error;
    return { improvement: await api.getImprovement(id), isEarlier: true };
  }
}

async function filedBefore(
  api: OperationalExcellenceApi,
  submission: ReturnType<typeof submissionOf>,
): Promise<Improvement | undefined> {
  try {
    return await api.fileImprovement(submission);
  } catch (error) {
    if (isConflict(error)) return undefined;
    throw error;
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof ResponseError && error.statusCode === 409;
}

/** Whether the backend said no before it stored anything. */
function hasNotArrived(error: unknown): boolean {
  if (!(error instanceof ResponseError)) return false;
  const { statusCode } = error;
  return (
    statusCode >= 400 &&
    statusCode < 500 &&
    statusCode !== 408 &&
    statusCode !== 409
  );
}
