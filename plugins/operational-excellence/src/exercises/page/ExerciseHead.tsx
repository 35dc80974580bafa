import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { Fragment, useState } from 'react';
import { AllowedButton } from '../../allowance';
import { PrintButton, useNotPrinted } from '../../print';
import { useTexts } from '../../translation';
import { AllowedLink } from '../AllowedLink';
import { useGameDayLinks } from '../links';
import { When } from '../When';
import { ExerciseStageLabel, spanOf, timeZoneName } from '../words';
import type { ExerciseSectionProps } from './ExercisePage';
import { CancelDialog, HoldDialog, StartDialog } from './transitions';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(1),
    gridTemplateColumns: 'minmax(0, 1fr)',
    padding: theme.spacing(2),
    fontSize: '0.875rem',
    overflowWrap: 'anywhere',
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0.5, 2),
  },
  title: { margin: 0, fontSize: '1.375rem', fontWeight: 600, lineHeight: 1.3 },
  secondary: { color: theme.palette.text.secondary },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    paddingTop: theme.spacing(1),
  },
}));

/** What it is, where it stands, and what can be done with it next. */
export const ExerciseHead = (props: ExerciseSectionProps) => {
  const { allowance, exercise, now, onChanged } = props;
  const { approvalState, hiddenServices, id, kind, services, stage, state } =
    exercise;
  const classes = useStyles();
  const notPrinted = useNotPrinted();
  const links = useGameDayLinks();
  const { t } = useTexts();
  const [dialog, setDialog] = useState<'start' | 'hold' | 'cancel'>();
  const { start } = spanOf(exercise);
  const close = () => setDialog(undefined);
  const done = () => {
    close();
    onChanged();
  };
  const isOver = state === 'held' || state === 'cancelled';

  // Who may manage it still has to wait for those who have to approve.
  const waits = exercise.approvals
    .filter(({ decision }) => decision !== 'approved')
    .map(({ approver }) => approver);
  const mayRun =
    allowance.isAllowed && waits.length && state === 'planned'
      ? {
          isAllowed: false,
          denial: t('exercises.approval.missing', {
            approvers: waits.join(', '),
          }),
        }
      : allowance;

  return (
    <Paper className={classes.root}>
      <div className={classes.head}>
        <h2 className={classes.title}>{exercise.title}</h2>
        <ExerciseStageLabel stage={stage} />
      </div>
      <div>
        {`${t(`exercises.kind.${kind}`)} · `}
        <When exercise={exercise} now={now} />
        <span className={classes.secondary}>{` ${timeZoneName(start)}`}</span>
      </div>
      <div>
        {services.map(({ entityRef, title }, index) => (
          <Fragment key={entityRef}>
            {index > 0 && ', '}
            <EntityRefLink entityRef={entityRef} title={title} />
          </Fragment>
        ))}
        {hiddenServices > 0 &&
          ` ${t('exercises.hiddenServices', { count: hiddenServices })}`}
      </div>
      {stage === 'missed' && (
        <Alert severity="error">{t('exercises.missedOne')}</Alert>
      )}
      {exercise.unguarded && (
        <Alert severity="error">{t('exercises.unguardedOne')}</Alert>
      )}
      {state === 'planned' && approvalState === 'rejected' && (
        <Alert severity="warning">{t('exercises.approval.wasRejected')}</Alert>
      )}
      {state === 'cancelled' && (
        <Alert severity="info">
          {t('exercises.wasCancelled', { reason: exercise.cancelReason ?? '' })}
        </Alert>
      )}
      <div className={`${classes.actions} ${notPrinted}`}>
        {state === 'planned' && (
          <AllowedButton
            label={t('exercises.start.open')}
            allowance={mayRun}
            color="primary"
            variant="contained"
            onClick={() => setDialog('start')}
          />
        )}
        {!isOver && (
          <AllowedButton
            label={
              state === 'running'
                ? t('exercises.hold.openRunning')
                : t('exercises.hold.open')
            }
            allowance={mayRun}
            color={state === 'running' ? 'primary' : undefined}
            variant={state === 'running' ? 'contained' : 'outlined'}
            onClick={() => setDialog('hold')}
          />
        )}
        {links && state !== 'cancelled' && (
          <AllowedLink to={links.edit(id)} allowance={allowance}>
            {t('exercises.edit.open')}
          </AllowedLink>
        )}
        {links && (isOver || stage === 'missed') && (
          <AllowedLink to={links.plan({ after: id })} allowance={allowance}>
            {t('exercises.plan.next')}
          </AllowedLink>
        )}
        {!isOver && (
          <AllowedButton
            label={t('exercises.cancel.open')}
            allowance={allowance}
            onClick={() => setDialog('cancel')}
          />
        )}
        <PrintButton />
      </div>
      {dialog === 'start' && (
        <StartDialog
          exercise={exercise}
          onDone={done}
          onConflict={onChanged}
          onClose={close}
        />
      )}
      {dialog === 'hold' && (
        <HoldDialog
          exercise={exercise}
          now={now}
          onDone={done}
          onConflict={onChanged}
          onClose={close}
        />
      )}
      {dialog === 'cancel' && (
        <CancelDialog
          exercise={exercise}
          onDone={done}
          onConflict={onChanged}
          onClose={close}
        />
      )}
    </Paper>
  );
};
