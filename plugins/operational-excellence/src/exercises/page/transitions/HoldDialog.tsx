import { useState } from 'react';
import { DraftNotices, useKeptDraft } from '../../../drafts';
import { ChoiceField } from '../../../entityContent/loop/evaluation/ChoiceField';
import { MarkdownField } from '../../../markdown';
import { useTexts } from '../../../translation';
import { ActDialog } from '../../ActDialog';
import { toInstant, toLocalTime } from '../../localTimes';
import { TimeField } from '../../TimeField';
import { timeZoneName } from '../../words';
import {
  holdDrafts,
  HoldProblem,
  holdProblems,
  newHoldDraft,
  outcomesOf,
} from './HoldDraft';
import type { TransitionProps } from './TransitionProps';
import { useTransition } from './useTransition';

const ID = 'operational-excellence-hold';

/** Asks what came of an exercise. */
export const HoldDialog = (props: TransitionProps & { now: number }) => {
  const { exercise, now, onClose, onDone } = props;
  const { t } = useTexts();
  const kept = useKeptDraft(holdDrafts, `exercise-hold:${exercise.id}`, () =>
    newHoldDraft(exercise, now),
  );
  const [acting, move] = useTransition({
    ...props,
    onDone: () => {
      kept?.restart(newHoldDraft(exercise, now));
      onDone();
    },
  });
  const [wasTried, setTried] = useState(false);
  if (!kept) return null;

  const { change, draft } = kept;
  const problems = holdProblems(draft, exercise, Date.now());
  const isIncomplete = Object.values(problems).some(Boolean);
  const problemText = (problem: HoldProblem | undefined) =>
    wasTried && problem ? t(`exercises.hold.problem.${problem}`) : undefined;

  const submit = () => {
    setTried(true);
    const { outcome } = draft;
    if (isIncomplete || !outcome) return;
    // A time that nobody touched is known to the second.
    const isAsKnown = draft.startedAt === toLocalTime(exercise.startedAt);
    const startedAt = isAsKnown ? undefined : toInstant(draft.startedAt);
    const minute = toLocalTime(new Date().toISOString());
    const isNow = draft.endedAt === minute;
    move({
      to: 'held',
      startedAt,
      at: isNow ? undefined : endOf(draft.endedAt, exercise.startedAt),
      outcome,
      surprises: draft.surprises.trim() || null,
    });
  };

  return (
    <ActDialog
      id={ID}
      title={t('exercises.hold.title')}
      about={t('exercises.hold.about')}
      submit={t('exercises.hold.submit')}
      acting={acting}
      isIncomplete={isIncomplete}
      onSubmit={submit}
      onClose={onClose}
    >
      <DraftNotices kept={kept} />
      {exercise.hypothesis && (
        <div>
          <strong>{t('exercises.field.hypothesis')}:</strong>{' '}
          {exercise.hypothesis}
          {exercise.hypothesisBound && ` (${exercise.hypothesisBound})`}
        </div>
      )}
      <ChoiceField
        id={`${ID}-outcome`}
        question={t('exercises.hold.outcome')}
        answers={outcomesOf(exercise).map(outcome => ({
          value: outcome,
          label: t(`exercises.outcome.${outcome}`),
        }))}
        value={draft.outcome}
        onChange={outcome => change({ outcome })}
        problem={problemText(problems.outcome)}
      />
      {exercise.startedAt === null && (
        <TimeField
          id={`${ID}-started`}
          label={t('exercises.hold.startedAt')}
          value={draft.startedAt}
          required={draft.outcome !== 'aborted'}
          problem={problemText(problems.startedAt)}
          hint={t('exercises.zone', { zone: timeZoneName(draft.startedAt) })}
          onChange={startedAt => change({ startedAt })}
        />
      )}
      <TimeField
        id={`${ID}-ended`}
        label={t('exercises.hold.endedAt')}
        value={draft.endedAt}
        required
        problem={problemText(problems.endedAt)}
        hint={t('exercises.zone', { zone: timeZoneName(draft.endedAt) })}
        onChange={endedAt => change({ endedAt })}
      />
      <MarkdownField
        id={`${ID}-surprises`}
        label={t('exercises.field.surprises')}
        viewsLabel={t('exercises.hold.surprisesViews')}
        value={draft.surprises}
        minRows={3}
        problem={problemText(problems.surprises)}
        onChange={surprises => change({ surprises })}
      />
    </ActDialog>
  );
};

/** The end, but never before the second in which it is known to have begun. */
function endOf(local: string, startedAt: string | null): string | undefined {
  const end = toInstant(local);
  return end && startedAt && end < startedAt ? startedAt : end;
}
