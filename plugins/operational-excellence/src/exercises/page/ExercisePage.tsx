import { Link } from '@backstage/core-components';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import type { ExerciseDetail } from 'backstage-plugin-operational-excellence-common';
import { errorText, LoadFailure } from '../../feedback';
import { FindingsOfExercise } from '../../findings';
import { Printable } from '../../print';
import { useNow } from '../../time';
import { useTexts } from '../../translation';
import { useGameDayLinks } from '../links';
import { useMayManage } from '../useMayManage';
import { ApprovalSection } from './ApprovalSection';
import { ExerciseHead } from './ExerciseHead';
import { ExperimentsSection } from './ExperimentsSection';
import { LogSection } from './LogSection';
import { PlanSection } from './PlanSection';
import { PrerequisitesSection } from './PrerequisitesSection';
import { ResultSection } from './ResultSection';
import { useExercise } from './useExercise';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'minmax(0, 1fr)',
    fontFamily: theme.typography.fontFamily,
  },
  columns: {
    display: 'grid',
    gap: theme.spacing(2),
    alignItems: 'start',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 420px), 1fr))',
    '@media print': { display: 'block' },
  },
  column: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'minmax(0, 1fr)',
    minWidth: 0,
  },
  back: { '@media print': { display: 'none' } },
}));

/** What a section of the page gets. */
export interface ExerciseSectionProps {
  exercise: ExerciseDetail;
  now: number;
  /** Whether the reader may manage it. */
  allowance: ReturnType<typeof useMayManage>;
  /** To be called once something was changed. */
  onChanged: () => void;
}

const Sections = (
  props: Omit<ExerciseSectionProps, 'allowance' | 'now'> & {
    staleBecause: Error | undefined;
  },
) => {
  const { exercise, onChanged, staleBecause } = props;
  const classes = useStyles();
  const now = useNow();
  const { t } = useTexts();
  const allowance = useMayManage(exercise.services, 'any');
  const section = { exercise, now, allowance, onChanged };
  const plan = (
    <div key="plan" className={classes.column}>
      <ResultSection {...section} />
      <ApprovalSection {...section} />
      <PlanSection {...section} />
      <PrerequisitesSection {...section} />
    </div>
  );
  const course = (
    <div key="course" className={classes.column}>
      <ExperimentsSection {...section} />
      <LogSection {...section} />
      <FindingsOfExercise exercise={exercise} />
    </div>
  );
  return (
    <Printable>
      <div className={classes.root}>
        {staleBecause && (
          <Alert severity="warning" role="alert">
            {t('exercises.stale', { message: errorText(staleBecause) })}
          </Alert>
        )}
        <ExerciseHead {...section} />
        <div className={classes.columns}>
          {/* While it runs, what goes on comes before what was planned. */}
          {exercise.state === 'running' ? [course, plan] : [plan, course]}
        </div>
      </div>
    </Printable>
  );
};

/** All that was written down of an exercise, and what can be done with it. */
export const ExercisePage = (props: { id: string }) => {
  const classes = useStyles();
  const links = useGameDayLinks();
  const { last, loaded, refresh } = useExercise(props.id);
  const { t } = useTexts();

  const content = () => {
    if (last) {
      return (
        <Sections
          exercise={last}
          onChanged={refresh}
          staleBecause={loaded.status === 'failed' ? loaded.error : undefined}
        />
      );
    }
    if (loaded.status === 'not-found') {
      return (
        <Paper>
          <div role="alert" style={{ padding: 16 }}>
            <Typography variant="subtitle1" component="p">
              {t('exercises.notFound')}
            </Typography>
            <Typography variant="body2" color="textSecondary">
              {t('exercises.notFoundAbout')}
            </Typography>
          </div>
        </Paper>
      );
    }
    if (loaded.status === 'forbidden' || loaded.status === 'failed') {
      return (
        <Paper>
          <LoadFailure failure={loaded} />
        </Paper>
      );
    }
    return (
      <div role="status" aria-label={t('exercises.loadingOne')}>
        <Skeleton height={64} />
        <Skeleton variant="rect" height={320} />
      </div>
    );
  };

  return (
    <div className={classes.root}>
      {links && (
        <div className={classes.back}>
          <Link to={links.overview()}>{t('exercises.all')}</Link>
        </div>
      )}
      {content()}
    </div>
  );
};
