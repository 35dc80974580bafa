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

/** By how much the figures of a group change. */
export interface Delta {
  dimension: RollupDimension;
  /** Empty for the services of none. */
  key: string;
  /** In the order of `FIGURE_COLUMNS`. */
  figures: number[];
}

type Column = keyof CountedService;

const positionOf = (column: string) => FIGURE_COLUMNS.indexOf(column);

/** Where each state of a measure is counted, by rank. */
const STATES = COUNTED.map(of => ({
  rank: RANK_COLUMNS[of] as Column,
  positions: MEASURE_STATES.map(state => positionOf(stateColumn(of, state))),
}));

const SUMS = SUM_COLUMNS.map(column => ({
  column: column as Column,
  position: positionOf(column),
}));

const SERVICES = positionOf('services');

const DIMENSIONS = Object.entries(DIMENSION_COLUMNS) as [
  keyof typeof DIMENSION_COLUMNS,
  Column,
][];

/** By position rather than by name: some thousand services change at a time. */
class Deltas {
  readonly #byDimension = new Map<RollupDimension, Map<string, number[]>>();

  add(service: CountedService, weight: number) {
    const positions = STATES.map(
      ({ positions: of, rank }) => of[Number(service[rank])],
    );
    const sums = SUMS.map(({ column }) => weight * Number(service[column]));
    const addTo = (dimension: RollupDimension, key: string) => {
      const figures = this.#figuresOf(dimension, key);
      figures[SERVICES] += weight;
      for (const position of positions) figures[position] += weight;
      for (let nth = 0; nth < SUMS.length; nth++) {
        figures[SUMS[nth].position] += sums[nth];
      }
    };
    addTo('all', '');
    for (const [dimension, column] of DIMENSIONS) {
      addTo(dimension, String(service[column] ?? ''));
    }
    const owners: string[] = JSON.parse(service.owners);
    for (const owner of owners) addTo('owner', owner);
    if (!owners.length) addTo('owner', '');
  }

  /** Those of groups of which something changes. */
  list(): Delta[] {
    return [...this.#byDimension].flatMap(([dimension, groups]) =>
      [...groups]
        .filter(([, figures]) => figures.some(figure => figure !== 0))
        .map(([key, figures]) => ({ dimension, key, figures })),
    );
  }

  #figuresOf(dimension: RollupDimension, key: string): number[] {
    let groups = this.#byDimension.get(dimension);
    if (!groups) this.#byDimension.set(dimension, (groups = new Map()));
    let figures = groups.get(key);
    if (!figures) {
      groups.set(key, (figures = FIGURE_COLUMNS.map(() => 0)));
    }
    return figures;
  }
}

/** How the figures of groups change where other rows are counted than before. */
export function deltasOf(
  before: readonly CountedService[],
  now: readonly CountedService[],
): Delta[] {
  const deltas = new Deltas();
  for (const service of before) deltas.add(service, -1);
  for (const service of now) deltas.add(service, 1);
  return deltas.list();
}
