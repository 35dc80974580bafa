import { Link } from '@backstage/core-components';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { Exercise } from 'backstage-plugin-operational-excellence-common';
import { Fragment, ReactNode } from 'react';
import { useTexts } from '../translation';
import { useGameDayLinks } from './links';
import { useEntryStyles } from './useEntryStyles';
import { When } from './When';
import { ExerciseStageLabel, OutcomeLabel, UnguardedLabel, Who } from './words';

/** One exercise of a list, with what there is to know before one opens it. */
export const ExerciseEntry = (props: {
  exercise: Exercise;
  now: number;
  /** What can be done with it here. */
  actions?: ReactNode;
}) => {
  const { actions, exercise, now } = props;
  const { approvalState, facilitator, hiddenServices, outcome } = exercise;
  const classes = useEntryStyles();
  const links = useGameDayLinks();
  const { t } = useTexts();
  const isAhead = exercise.state === 'planned';

  const counts = [
    exercise.experimentCount > 0 &&
      t('exercises.experimentCount', { count: exercise.experimentCount }),
    exercise.findingCount > 0 &&
      t('exercises.findingCount', { count: exercise.findingCount }),
    exercise.openFindingCount > 0 &&
      t('exercises.openFindingCount', { count: exercise.openFindingCount }),
  ].filter(Boolean);

  return (
    <li className={classes.root}>
      <div className={classes.head}>
        <ExerciseStageLabel stage={exercise.stage} />
        <span className={classes.title}>
          {links ? (
            <Link to={links.exercise(exercise.id)}>{exercise.title}</Link>
          ) : (
            exercise.title
          )}
        </span>
        <span className={classes.secondary}>
          {t(`exercises.kind.${exercise.kind}`)}
        </span>
      </div>
      <div>
        <When exercise={exercise} now={now} />
      </div>
      {outcome && (
        <div>
          <OutcomeLabel outcome={outcome} />
        </div>
      )}
      {exercise.unguarded && (
        <div>
          <UnguardedLabel />
        </div>
      )}
      {isAhead && approvalState === 'pending' && (
        <div>{t('exercises.approval.waits')}</div>
      )}
      {isAhead && approvalState === 'rejected' && (
        <div>{t('exercises.approval.wasRejected')}</div>
      )}
      <div className={classes.secondary}>
        {exercise.services.map(({ entityRef, title }, index) => (
          <Fragment key={entityRef}>
            {index > 0 && ', '}
            <EntityRefLink entityRef={entityRef} title={title} />
          </Fragment>
        ))}
        {hiddenServices > 0 &&
          ` ${t('exercises.hiddenServices', { count: hiddenServices })}`}
        {facilitator && (
          <>
            {` · ${t('exercises.facilitator')}: `}
            <Who who={facilitator} />
          </>
        )}
        {exercise.environment && ` · ${exercise.environment.title}`}
        {counts.length > 0 && ` · ${counts.join(' · ')}`}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </li>
  );
};
