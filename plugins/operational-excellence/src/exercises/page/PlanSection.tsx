import { Markdown } from '../../entityContent/loop/Markdown';
import { Section } from '../../entityContent/Section';
import { useTexts } from '../../translation';
import { Fragment, ReactNode } from 'react';
import { formatSpan, Who } from '../words';
import type { ExerciseSectionProps } from './ExercisePage';
import { usePageStyles } from './usePageStyles';

/** Everything that was planned. */
export const PlanSection = (props: ExerciseSectionProps) => {
  const { exercise } = props;
  const { roles, startedAt, stopConditions } = exercise;
  const classes = usePageStyles();
  const { t } = useTexts();

  const facts: [string, ReactNode][] = [
    [
      t('exercises.field.planned'),
      // What has begun shows above when it did.
      startedAt && formatSpan(exercise.plannedStart, exercise.plannedEnd),
    ],
    [
      t('exercises.facilitator'),
      exercise.facilitator && <Who who={exercise.facilitator} />,
    ],
    [
      t('exercises.field.roles'),
      roles.length > 0 && (
        <ul className={classes.bullets}>
          {roles.map(({ role, who }, index) => (
            <li key={index}>
              {`${role}: `}
              <Who who={who} />
            </li>
          ))}
        </ul>
      ),
    ],
    [
      t('exercises.field.scope'),
      exercise.scope && <Markdown content={exercise.scope} />,
    ],
    [t('exercises.field.hypothesis'), exercise.hypothesis],
    [t('exercises.field.hypothesisBound'), exercise.hypothesisBound],
    [t('exercises.field.steadyState'), exercise.steadyState],
    [t('exercises.field.blastRadius'), exercise.blastRadius],
    [
      t('exercises.field.stopConditions'),
      stopConditions.length > 0 && (
        <ul className={classes.bullets}>
          {stopConditions.map((condition, index) => (
            <li key={index}>{condition}</li>
          ))}
        </ul>
      ),
    ],
    [
      t('exercises.field.abortOwner'),
      exercise.abortOwner && <Who who={exercise.abortOwner} />,
    ],
    [
      t('exercises.field.rollbackTried'),
      exercise.rollbackTried
        ? t('exercises.rollback.tried')
        : t('exercises.rollback.untried'),
    ],
    [t('exercises.field.environment'), exercise.environment?.title],
  ];

  return (
    <Section title={t('exercises.planTitle')}>
      <dl className={classes.facts}>
        {facts.map(([name, value]) =>
          value ? (
            <Fragment key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </Fragment>
          ) : null,
        )}
      </dl>
      {stopConditions.length === 0 && exercise.kind === 'game-day' && (
        <div className={classes.note}>{t('exercises.noStopConditions')}</div>
      )}
    </Section>
  );
};
