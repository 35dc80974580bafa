import {
  MEASURE_STATES,
  RollupDimension,
} from 'backstage-plugin-operational-excellence-common';
import { CountedService } from './countedServices';
import {
  COUNTED,
  FIGURE_COLUMNS,
  RANK_COLUMNS,
  stateColumn,
  SUM_COLUMNS,
} from './figureColumns';
import { DIMENSION_COLUMNS } from './groupCounts';

/** By how much the figures of a group change, as a row of `rollups`. */
export type Delta = Record<string, number | string> & {
  dimension: RollupDimension;
  group_key: string;
};

/** The column of each state, by rank. */
const STATE_COLUMNS = COUNTED.map(of => ({
  rank: RANK_COLUMNS[of],
  columns: MEASURE_STATES.map(state => stateColumn(of, state)),
}));

const DIMENSIONS = Object.entries(DIMENSION_COLUMNS) as [
  keyof typeof DIMENSION_COLUMNS,
  keyof CountedService,
][];

/** How the figures of groups change where other rows are counted than before. */
export function deltasOf(
  before: readonly CountedService[],
  now: readonly CountedService[],
): Delta[] {
  const deltas = new Map<string, Delta>();
  const add = (service: CountedService, weight: number) => {
    for (const [dimension, key] of groupsOf(service)) {
      const name = `${dimension}/${key}`;
      let delta = deltas.get(name);
      if (!delta) deltas.set(name, (delta = noDelta(dimension, key)));
      addTo(delta, service, weight);
    }
  };
  for (const service of before) add(service, -1);
  for (const service of now) add(service, 1);
  return [...deltas.values()].filter(delta =>
    FIGURE_COLUMNS.some(column => delta[column] !== 0),
  );
}

/** Every group that a service counts in; an empty key for those of none. */
function groupsOf(service: CountedService): [RollupDimension, string][] {
  const owners: string[] = JSON.parse(service.owners);
  return [
    ['all', ''],
    ...DIMENSIONS.map(([dimension, column]): [RollupDimension, string] => [
      dimension,
      String(service[column] ?? ''),
    ]),
    ...(owners.length ? owners : ['']).map(
      (owner): [RollupDimension, string] => ['owner', owner],
    ),
  ];
}

function noDelta(dimension: RollupDimension, key: string): Delta {
  return {
    ...Object.fromEntries(FIGURE_COLUMNS.map(column => [column, 0])),
    dimension,
    group_key: key,
  };
}

function addTo(delta: Delta, service: CountedService, weight: number) {
  const counts = delta as Record<string, number>;
  const given = service as unknown as Record<string, number>;
  counts.services += weight;
  for (const { columns, rank } of STATE_COLUMNS) {
    counts[columns[given[rank]]] += weight;
  }
  for (const column of SUM_COLUMNS) counts[column] += weight * given[column];
}
