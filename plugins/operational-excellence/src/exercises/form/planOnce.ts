import { ResponseError } from '@backstage/errors';
import type { ExerciseDetail } from 'backstage-plugin-operational-excellence-common';
import type { OperationalExcellenceApi } from '../../api';
import type { KeptDraft } from '../../drafts';
import { isConflict } from '../conflicts';
import type { CreateDraft } from './createDrafts';
import { submissionOf } from './submissionOf';

/**
 * Plans what is drafted, once however often that is tried. What is sent is kept
 * with the draft until it is known what became of it: where an earlier attempt had
 * arrived after all, that exercise is changed to what is typed now.
 */
export async function planOnce(
  api: OperationalExcellenceApi,
  kept: Pick<KeptDraft<CreateDraft>, 'draft' | 'replace'>,
): Promise<ExerciseDetail> {
  const { draft, replace } = kept;
  const submission = submissionOf(draft);
  replace({ ...draft, unanswered: [...draft.unanswered, submission] });
  try {
    return await api.planExercise(submission);
  } catch (error) {
    if (hasNotArrived(error)) replace(draft);
    if (!isConflict(error)) throw error;
    for (const earlier of draft.unanswered) {
      const planned = await plannedBefore(api, earlier);
      if (planned) {
        const { key, ...plan } = submission;
        return api.changeExercise(planned.id, {
          ...plan,
          version: planned.version,
        });
      }
    }
    throw error;
  }
}

async function plannedBefore(
  api: OperationalExcellenceApi,
  submission: ReturnType<typeof submissionOf>,
): Promise<ExerciseDetail | undefined> {
  try {
    return await api.planExercise(submission);
  } catch (error) {
    if (isConflict(error)) return undefined;
    throw error;
  }
}

/** Whether the backend said no before it stored anything. */
function hasNotArrived(error: unknown): boolean {
  if (!(error instanceof ResponseError)) return false;
  const { statusCode } = error;
  return (
    statusCode >= 400 && statusCode < 500 && ![408, 409].includes(statusCode)
  );
}
