import {
  ATTENTION_STATES,
  improvementShare,
  Measure,
  MEASURE_STATES,
  MeasureState,
  MEASURES,
  Rollup,
  StateCounts,
} from 'backstage-plugin-operational-excellence-common';

/** What states are counted of: each measure, and their worst. */
export const COUNTED = ['service', ...MEASURES] as const;

export type Counted = 'service' | Measure;

const PREFIXES: Record<Counted, string> = {
  service: 'service',
  backlog: 'backlog',
  gameDay: 'game_day',
  readinessTest: 'readiness',
};

/** The column of how many services of a group are in a state. */
export function stateColumn(of: Counted, state: MeasureState): string {
  return `${PREFIXES[of]}_${state.replace('-', '_')}`;
}

/** The column of the rank of a state of a service. */
export const RANK_COLUMNS: Record<Counted, string> = {
  service: 'state_rank',
  backlog: 'backlog_rank',
  gameDay: 'game_day_rank',
  readinessTest: 'readiness_rank',
};

/** The columns of what is summed up of services, states apart. */
export const SUM_COLUMNS = [
  'open_count',
  'starved',
  'closed_90d',
  'all_closed_90d',
] as const;

/** Every column of the figures of a group. */
export const FIGURE_COLUMNS: readonly string[] = [
  'services',
  ...COUNTED.flatMap(of => MEASURE_STATES.map(state => stateColumn(of, state))),
  ...SUM_COLUMNS,
];

/** How many services need attention, in SQL over the columns of figures. */
export function attentionSql(of: Counted): string {
  return `(${ATTENTION_STATES.map(state => stateColumn(of, state)).join(
    ' + ',
  )})`;
}

/** The figures of a group as the drivers give them. */
export type FigureRow = Record<string, unknown>;

type Figures = Omit<Rollup, 'key' | 'title' | 'parentKey' | 'children'>;

/** The figures of a group, as the API tells them. */
export function figuresOf(row: FigureRow): Figures {
  const closed90d = Number(row.closed_90d);
  const allClosed90d = Number(row.all_closed_90d);
  return {
    services: Number(row.services),
    states: {
      service: stateCountsOf(row, 'service'),
      backlog: stateCountsOf(row, 'backlog'),
      gameDay: stateCountsOf(row, 'gameDay'),
      readinessTest: stateCountsOf(row, 'readinessTest'),
    },
    openCount: Number(row.open_count),
    starved: Number(row.starved),
    closed90d,
    allClosed90d,
    improvementShare90d: improvementShare(closed90d, allClosed90d),
  };
}

/** The figures of no service at all. */
export const NO_FIGURES: Figures = figuresOf(
  Object.fromEntries(FIGURE_COLUMNS.map(column => [column, 0])),
);

function stateCountsOf(row: FigureRow, of: Counted): StateCounts {
  const counts: StateCounts = {};
  for (const state of MEASURE_STATES) {
    const count = Number(row[stateColumn(of, state)]);
    if (count > 0) counts[state] = count;
  }
  return counts;
}
