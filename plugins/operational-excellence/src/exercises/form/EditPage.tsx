import { useApi } from '@backstage/frontend-plugin-api';
import Paper from '@material-ui/core/Paper';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import type { ExerciseDetail } from 'backstage-plugin-operational-excellence-common';
import { useNavigate } from 'react-router-dom';
import { operationalExcellenceApiRef } from '../../api';
import { DraftNotices, useKeptDraft } from '../../drafts';
import { errorText, LoadFailure } from '../../feedback';
import { announceServiceChange } from '../../improvements';
import { useLoadable } from '../../loading';
import { useNow } from '../../time';
import { useTexts } from '../../translation';
import { isConflict } from '../conflicts';
import { useGameDayLinks } from '../links';
import { useAct } from '../useAct';
import { useMayManage } from '../useMayManage';
import { ConflictNotice } from './ConflictNotice';
import { EditDraft, editDrafts, newEditDraft, rebased } from './editDrafts';
import { PlanForm } from './PlanForm';
import { changeOf } from './submissionOf';
import { withEnd } from './withEnd';

const Editing = (props: { exercise: ExerciseDetail; reload: () => void }) => {
  const { exercise, reload } = props;
  const { id } = exercise;
  const api = useApi(operationalExcellenceApiRef);
  const links = useGameDayLinks();
  const navigate = useNavigate();
  const now = useNow();
  const { t } = useTexts();
  const kept = useKeptDraft(editDrafts, `exercise:${id}`, () =>
    newEditDraft(exercise),
  );
  const [acting, act] = useAct();
  const mayChange = useMayManage(exercise.services, 'any');
  const mayAdd = useMayManage(
    (kept?.draft.services ?? []).filter(
      ({ entityRef }) =>
        !exercise.services.some(each => each.entityRef === entityRef),
    ),
    'each',
  );
  if (!kept || !links) return null;
  const { draft } = kept;
  const allowance = mayChange.isAllowed ? mayAdd : mayChange;
  // The draft may be of an earlier day, or somebody was faster just now.
  const isOutdated = draft.version !== exercise.version;

  const save = (edited: EditDraft) =>
    act(async () => {
      try {
        const { base, version } = edited;
        await api.changeExercise(id, changeOf(edited, base, version));
      } catch (error) {
        if (isConflict(error)) reload();
        throw error;
      }
      kept.restart(newEditDraft(exercise));
      [...exercise.services, ...edited.services].forEach(({ entityRef }) =>
        announceServiceChange(entityRef),
      );
      navigate(links.exercise(id), { replace: true });
    });

  return (
    <PlanForm
      title={t('exercises.edit.title', { title: exercise.title })}
      draft={draft}
      allowance={allowance}
      isSending={acting.status === 'sending'}
      isUntouched={kept.isUntouched}
      submit={t('exercises.edit.submit')}
      notices={
        <>
          <DraftNotices kept={kept} />
          {exercise.approvals.some(({ decision }) => decision) && (
            <Alert severity="info">{t('exercises.edit.voids')}</Alert>
          )}
          {exercise.hiddenServices > 0 && (
            <Alert severity="info">
              {t('exercises.edit.hidden', { count: exercise.hiddenServices })}
            </Alert>
          )}
          {allowance.denial && (
            <Alert severity="warning">{allowance.denial}</Alert>
          )}
          {isOutdated && (
            <ConflictNotice
              draft={draft}
              theirs={exercise}
              now={now}
              onKeepMine={() => {
                const mine = rebased(draft, exercise);
                kept.replace(mine);
                save(mine);
              }}
              onTakeTheirs={() => kept.discard(newEditDraft(exercise))}
            />
          )}
          {acting.status === 'failed' &&
            !(isOutdated && isConflict(acting.error)) && (
              <Alert severity="error" role="alert">
                {t('exercises.notSaved', { message: errorText(acting.error) })}
              </Alert>
            )}
        </>
      }
      onChange={changed => kept.change(withEnd(draft, changed))}
      onSend={() => save(draft)}
      onDiscard={() => kept.discard(newEditDraft(exercise))}
      onClose={() => navigate(links.exercise(id))}
    />
  );
};

/** Changes the plan of an exercise. */
export const EditPage = (props: { id: string }) => {
  const { id } = props;
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const loaded = useLoadable(id, signal => api.getExercise(id, { signal }));
  if (loaded.status === 'loading') {
    return (
      <div role="status" aria-label={t('exercises.loadingForm')}>
        <Skeleton height={64} />
        <Skeleton variant="rect" height={320} />
      </div>
    );
  }
  if (loaded.status !== 'ready') {
    return (
      <Paper>
        <LoadFailure failure={loaded} />
      </Paper>
    );
  }
  return <Editing exercise={loaded.value} reload={loaded.reload} />;
};
