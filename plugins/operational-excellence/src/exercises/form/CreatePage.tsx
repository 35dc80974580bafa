import { parseEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import Paper from '@material-ui/core/Paper';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import { exerciseKindSchema } from 'backstage-plugin-operational-excellence-common';
import { useNavigate, useSearchParams } from 'react-router-dom';
import {
  OperationalExcellenceApi,
  operationalExcellenceApiRef,
} from '../../api';
import { DraftNotices, useKeptDraft } from '../../drafts';
import { errorText, LoadFailure } from '../../feedback';
import { announceServiceChange } from '../../improvements';
import { useLoadable } from '../../loading';
import { useTexts } from '../../translation';
import { formatPlanStart, PlanStart, useGameDayLinks } from '../links';
import { useAct } from '../useAct';
import { useMayManage } from '../useMayManage';
import { createDrafts, newCreateDraft } from './createDrafts';
import type { PlanWording } from './ExerciseDraft';
import { nextPlan, shortest } from './nextPlan';
import { PlanForm } from './PlanForm';
import { planOnce } from './planOnce';
import { withEnd } from './withEnd';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** As many services as are asked for their policies. */
const ASKED_SERVICES = 10;

function parsePlanStart(params: URLSearchParams): PlanStart {
  const kind = exerciseKindSchema.safeParse(params.get('kind'));
  const day = params.get('day') ?? '';
  return {
    kind: kind.success ? kind.data : undefined,
    services: params.getAll('service').filter(Boolean),
    day: DAY.test(day) ? day : undefined,
    after: params.get('after') || undefined,
  };
}

/** What is known of the plan before anything is typed. */
async function readStart(
  api: OperationalExcellenceApi,
  start: PlanStart,
  signal: AbortSignal,
): Promise<Partial<PlanWording>> {
  if (start.after) {
    const last = await api.getExercise(start.after, { signal });
    const services = await Promise.all(
      last.services
        .slice(0, ASKED_SERVICES)
        .map(({ entityRef }) => api.getService(entityRef, { signal })),
    );
    const intervals = services.flatMap(
      ({ thresholds }) => thresholds?.gameDay?.every ?? [],
    );
    return nextPlan(last, shortest(intervals), Date.now());
  }
  const services = await Promise.all(
    (start.services ?? []).map(async entityRef => {
      // What cannot be read can still be named; sending it says what is wrong.
      const title = await api.getService(entityRef, { signal }).then(
        service => service.title,
        () => nameOf(entityRef),
      );
      return { entityRef, title };
    }),
  );
  return {
    services,
    ...(start.kind && { kind: start.kind }),
    ...(start.day && {
      plannedStart: `${start.day}T10:00`,
      plannedEnd: `${start.day}T12:00`,
    }),
  };
}

function nameOf(entityRef: string): string {
  try {
    return parseEntityRef(entityRef).name;
  } catch {
    return entityRef;
  }
}

const Creating = (props: {
  slot: string;
  start: PlanStart;
  known: Partial<PlanWording>;
}) => {
  const { known, slot, start } = props;
  const api = useApi(operationalExcellenceApiRef);
  const links = useGameDayLinks();
  const navigate = useNavigate();
  const { t } = useTexts();
  const kept = useKeptDraft(createDrafts, slot, () => newCreateDraft(known));
  const [acting, act] = useAct();
  const allowance = useMayManage(kept?.draft.services ?? [], 'each');
  if (!kept || !links) return null;
  const { change, draft } = kept;

  const send = () =>
    act(async () => {
      const planned = await planOnce(api, kept);
      kept.restart(newCreateDraft());
      draft.services.forEach(({ entityRef }) =>
        announceServiceChange(entityRef),
      );
      navigate(links.exercise(planned.id), { replace: true });
    });

  return (
    <PlanForm
      title={start.after ? t('exercises.plan.next') : t('exercises.plan.open')}
      draft={draft}
      allowance={allowance}
      isSending={acting.status === 'sending'}
      isUntouched={kept.isUntouched}
      submit={t('exercises.plan.submit')}
      notices={
        <>
          <DraftNotices kept={kept} />
          {start.after && !kept.isRestored && (
            <Alert severity="info">{t('exercises.plan.prefilled')}</Alert>
          )}
          {allowance.denial && (
            <Alert severity="warning">{allowance.denial}</Alert>
          )}
          {acting.status === 'failed' && (
            <Alert severity="error" role="alert">
              {t('exercises.notSaved', { message: errorText(acting.error) })}
            </Alert>
          )}
        </>
      }
      onChange={changed => change(withEnd(draft, changed))}
      onSend={send}
      onDiscard={() => kept.discard(newCreateDraft(known))}
      onClose={() => navigate(links.overview())}
    />
  );
};

/** Plans an exercise; the address says what is known of it. */
export const CreatePage = () => {
  const [params] = useSearchParams();
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const start = parsePlanStart(params);
  // The same start is the same draft, in whichever order it was written.
  const slot = `exercise:new ${formatPlanStart({ ...start, day: undefined })}`;
  const key = formatPlanStart(start).toString();
  const known = useLoadable(key, signal => readStart(api, start, signal));
  if (
    known.status === 'loading' ||
    (known.status === 'ready' && known.refreshing)
  ) {
    return (
      <div role="status" aria-label={t('exercises.loadingForm')}>
        <Skeleton height={64} />
        <Skeleton variant="rect" height={320} />
      </div>
    );
  }
  if (known.status !== 'ready') {
    return (
      <Paper>
        <LoadFailure failure={known} />
      </Paper>
    );
  }
  return <Creating key={key} slot={slot} start={start} known={known.value} />;
};
