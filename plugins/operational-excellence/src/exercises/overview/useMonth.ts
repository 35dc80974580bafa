import { useApi } from '@backstage/frontend-plugin-api';
import type { Exercise } from 'backstage-plugin-operational-excellence-common';
import type { DateTime } from 'luxon';
import { operationalExcellenceApiRef } from '../../api';
import { Loadable, useLoadable } from '../../loading';
import { OverviewView, overviewQuery } from './overviewView';

const PAGE_SIZE = 200;
const MAX_PAGES = 5;

/** The exercises of a month; `hidden` counts those beyond what a month can show. */
export interface Month {
  exercises: Exercise[];
  hidden: number;
  asOf: string;
}

/** Reads the exercises between two days, as the filters want. */
export function useMonth(
  view: OverviewView,
  first: DateTime,
  last: DateTime,
  changes: number,
): Loadable<Month> {
  const api = useApi(operationalExcellenceApiRef);
  const query = {
    ...overviewQuery(view),
    from: first.startOf('day').toUTC().toISO() ?? undefined,
    to:
      last.endOf('day').plus({ milliseconds: 1 }).toUTC().toISO() ?? undefined,
    sort: 'start',
    limit: PAGE_SIZE,
  };
  return useLoadable(`${JSON.stringify(query)} ${changes}`, async signal => {
    let page = await api.getExercises(query, { signal });
    const exercises = [...page.items];
    for (let count = 1; page.nextCursor && count < MAX_PAGES; count += 1) {
      const cursor = page.nextCursor;
      page = await api.getExercises({ ...query, cursor }, { signal });
      exercises.push(...page.items);
    }
    return {
      exercises,
      hidden: Math.max(0, page.totalItems - exercises.length),
      asOf: page.asOf,
    };
  });
}
