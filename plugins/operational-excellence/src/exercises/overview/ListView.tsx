import { useApi } from '@backstage/frontend-plugin-api';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import type { Exercise } from 'backstage-plugin-operational-excellence-common';
import { DateTime } from 'luxon';
import { operationalExcellenceApiRef } from '../../api';
import { ListSkeleton } from '../../entityContent/ListSkeleton';
import { Note } from '../../entityContent/Note';
import { LoadFailure } from '../../feedback';
import { useServiceChanges } from '../../improvements';
import { LoadMore, usePages } from '../../paging';
import { useTexts } from '../../translation';
import { ExerciseEntry } from '../ExerciseEntry';
import { spanOf } from '../words';
import { isNarrowed, OverviewView, overviewQuery } from './overviewView';

const PAGE_SIZE = 25;

const useStyles = makeStyles(theme => ({
  heading: {
    margin: 0,
    padding: theme.spacing(2, 2, 0.5),
    fontFamily: theme.typography.fontFamily,
    fontSize: '0.875rem',
    fontWeight: 600,
  },
  list: { margin: 0, padding: 0, listStyle: 'none' },
}));

/** Exercises of a list that begin in the same month. */
function byMonth(exercises: Exercise[]): [string, Exercise[]][] {
  const months = new Map<string, Exercise[]>();
  for (const exercise of exercises) {
    const month = DateTime.fromISO(spanOf(exercise).start).toLocaleString({
      month: 'long',
      year: 'numeric',
    });
    months.set(month, [...(months.get(month) ?? []), exercise]);
  }
  return [...months];
}

/** All exercises as a timeline, the latest first. */
export const ListView = (props: { view: OverviewView; now: number }) => {
  const { now, view } = props;
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const changes = useServiceChanges();
  const { t } = useTexts();
  const query = { ...overviewQuery(view), sort: '-start', limit: PAGE_SIZE };
  const { list, more } = usePages(
    `${JSON.stringify(query)} ${changes}`,
    (cursor, signal) => api.getExercises({ ...query, cursor }, { signal }),
  );

  const content = () => {
    if (list.status === 'loading') {
      return <ListSkeleton label={t('exercises.loading')} />;
    }
    if (list.status !== 'ready') return <LoadFailure failure={list} />;
    if (!list.value.items.length) {
      return (
        <Note>
          {isNarrowed(view)
            ? t('exercises.noneMatches')
            : t('exercises.noneAtAll')}
        </Note>
      );
    }
    return (
      <>
        {byMonth(list.value.items).map(([month, exercises]) => (
          <section key={month} aria-label={month}>
            <h2 className={classes.heading}>{month}</h2>
            <ul className={classes.list}>
              {exercises.map(exercise => (
                <ExerciseEntry
                  key={exercise.id}
                  exercise={exercise}
                  now={now}
                />
              ))}
            </ul>
          </section>
        ))}
        <LoadMore pages={list.value} more={more} />
      </>
    );
  };
  return <Paper>{content()}</Paper>;
};
