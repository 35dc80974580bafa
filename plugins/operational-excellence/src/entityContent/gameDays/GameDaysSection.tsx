import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Exercise,
  ServiceDetail,
} from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../../api';
import { ExerciseEntry, PlanGameDayLink } from '../../exercises';
import { LoadFailure } from '../../feedback';
import { useServiceChanges } from '../../improvements';
import { useLoadable } from '../../loading';
import { LoadMore } from '../../paging';
import { useTexts } from '../../translation';
import { ListSkeleton } from '../ListSkeleton';
import { useLoopStyles } from '../loop/useLoopStyles';
import { Note } from '../Note';
import { Section } from '../Section';
import { ExperimentEntry } from './ExperimentEntry';
import { useTimeline } from './useTimeline';

const AHEAD_ID = 'operational-excellence-game-days-ahead';
const PAST_ID = 'operational-excellence-game-days-past';
const SHOWN_AHEAD = 50;

/** What was missed comes first, then what runs, then what is planned. */
function byUrgency(a: Exercise, b: Exercise): number {
  const order = ['missed', 'running', 'planned'];
  return order.indexOf(a.stage) - order.indexOf(b.stage);
}

/** How failure was rehearsed, in exercises and experiments, and what is planned. */
export const GameDaysSection = (props: {
  service: ServiceDetail;
  now: number;
}) => {
  const { now, service } = props;
  const { entityRef } = service;
  const api = useApi(operationalExcellenceApiRef);
  const classes = useLoopStyles();
  const changes = useServiceChanges(entityRef);
  const { t } = useTexts();
  const ahead = useLoadable(`${entityRef} ${changes}`, signal =>
    api.getExercises(
      {
        entityRef,
        stage: ['missed', 'running', 'planned'],
        sort: 'start',
        limit: SHOWN_AHEAD,
      },
      { signal },
    ),
  );
  const { more, timeline } = useTimeline(entityRef);

  const content = () => {
    if (ahead.status === 'loading' || timeline.status === 'loading') {
      return <ListSkeleton label={t('exercises.loading')} />;
    }
    if (ahead.status !== 'ready') return <LoadFailure failure={ahead} />;
    if (timeline.status !== 'ready') return <LoadFailure failure={timeline} />;
    const { rehearsals, total } = timeline.value;
    const { items, totalItems } = ahead.value;
    if (!items.length && !rehearsals.length) {
      return <Note>{t('exercises.tab.empty')}</Note>;
    }
    return (
      <>
        {items.length > 0 && (
          <>
            <h3 id={AHEAD_ID} className={classes.heading}>
              {t('exercises.tab.ahead')}
            </h3>
            <ul className={classes.list} aria-labelledby={AHEAD_ID}>
              {[...items].sort(byUrgency).map(exercise => (
                <ExerciseEntry
                  key={exercise.id}
                  exercise={exercise}
                  now={now}
                />
              ))}
            </ul>
            {totalItems > items.length && (
              <Note>
                {t('exercises.calendar.hidden', {
                  count: totalItems - items.length,
                })}
              </Note>
            )}
          </>
        )}
        <h3 id={PAST_ID} className={classes.heading}>
          {t('exercises.tab.past')}
        </h3>
        {rehearsals.length > 0 ? (
          <ul className={classes.list} aria-labelledby={PAST_ID}>
            {rehearsals.map(each =>
              each.kind === 'exercise' ? (
                <ExerciseEntry
                  key={each.exercise.id}
                  exercise={each.exercise}
                  now={now}
                />
              ) : (
                <ExperimentEntry
                  key={`${each.experiment.sourceId} ${each.experiment.id}`}
                  experiment={each.experiment}
                  now={now}
                />
              ),
            )}
          </ul>
        ) : (
          <Note>{t('exercises.tab.nonePast')}</Note>
        )}
        {rehearsals.length > 0 && (
          <LoadMore
            pages={{
              key: entityRef,
              count: 1,
              items: rehearsals,
              totalItems: total,
              asOf: ahead.value.asOf,
            }}
            more={more}
          />
        )}
      </>
    );
  };

  return (
    <Section
      title={t('exercises.title')}
      action={<PlanGameDayLink service={service} />}
    >
      {content()}
    </Section>
  );
};
