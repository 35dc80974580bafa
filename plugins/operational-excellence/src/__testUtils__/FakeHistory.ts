import type {
  DailyPoint,
  History,
  HistoryDimension,
  Movers,
} from 'backstage-plugin-operational-excellence-common';
import type { OperationalExcellenceQuery } from '../api';
import { dayAgo } from './historyFixtures';

/** A group or a service, or all of them, and how it stood on each day. */
export interface FakeHistoryOf {
  by: HistoryDimension;
  key: string | null;
  title: string | null;
  points: DailyPoint[];
}

/** The histories of the fake backend. */
export class FakeHistory {
  readonly #histories: FakeHistoryOf[];
  readonly #movers: Partial<Pick<Movers, 'improved' | 'worsened'>>;

  constructor(
    histories: FakeHistoryOf[],
    movers: Partial<Pick<Movers, 'improved' | 'worsened'>>,
  ) {
    this.#histories = histories;
    this.#movers = movers;
  }

  of(query: OperationalExcellenceQuery): History {
    const { by = 'all', from = '', key = null, to = '' } = query;
    const found = this.#histories.find(
      each => each.by === by && each.key === key,
    );
    return {
      by: by as HistoryDimension,
      key: key as string | null,
      title: found?.title ?? null,
      points: (found?.points ?? []).filter(
        ({ day }) => day >= String(from) && day <= String(to),
      ),
      asOf: new Date().toISOString(),
    };
  }

  movers(query: OperationalExcellenceQuery): Movers {
    const { improved = [], worsened = [] } = this.#movers;
    const hasPoints = this.#histories.some(({ points }) => points.length > 0);
    return {
      improved,
      worsened,
      from: hasPoints ? dayAgo(Number(query.days ?? 30)) : null,
      to: hasPoints ? dayAgo(0) : null,
      asOf: new Date().toISOString(),
    };
  }
}
