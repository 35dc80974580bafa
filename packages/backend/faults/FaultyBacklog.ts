import { Truth } from 'backstage-plugin-operational-excellence-node/testUtils';
import { setTimeout as sleep } from 'node:timers/promises';
import { backlogTruth } from './backlogTruth';

/** What the suite does in a tracker, which knows instants only as it writes them. */
export interface BacklogTracker {
  /** Creates a ticket, at present if not said otherwise; answers its key. */
  create(ticket: { improvement: boolean; createdAt?: number }): string;
  close(key: string): void;
  /** Changes what no figure depends on. */
  touch(key: string): void;
  instantsOf(key: string): { createdAt: number; closedAt: number | null };
}

const DAY_MS = 86_400_000;

/** The tickets of one service in a tracker. */
export class FaultyBacklog {
  readonly #tracker: BacklogTracker;
  readonly #options: { pageSize: number; readsInOrder: boolean };
  readonly #improvements: string[] = [];
  readonly #others: string[] = [];

  /** Fills two pages and a half with tickets of the last years. */
  static fill(
    tracker: BacklogTracker,
    options: { pageSize: number; readsInOrder: boolean },
  ): FaultyBacklog {
    const backlog = new FaultyBacklog(tracker, options);
    for (let number = 0; number < 2.5 * options.pageSize; number++) {
      const improvement = number % 5 === 0;
      const key = tracker.create({
        improvement,
        createdAt:
          Math.floor(Date.now() / 1000) * 1000 - (500 - number) * DAY_MS,
      });
      (improvement ? backlog.#improvements : backlog.#others).push(key);
    }
    return backlog;
  }

  private constructor(
    tracker: BacklogTracker,
    options: { pageSize: number; readsInOrder: boolean },
  ) {
    this.#tracker = tracker;
    this.#options = options;
  }

  truth(): Truth {
    return backlogTruth(
      this.#improvements.map(key => ({
        key,
        ...this.#tracker.instantsOf(key),
      })),
    );
  }

  /**
   * A new improvement, others closed, and more tickets changed than fit on a
   * page. Some trackers order by whole seconds, so that one must pass between
   * the steps. A source that reads by the age of tickets knows of some changes
   * and not of earlier ones where a read breaks off: there the order of the
   * changes is that of the tickets.
   */
  async change(onStep: () => void): Promise<void> {
    this.#closeOldest();
    onStep();
    await sleep(1_000);
    this.#others
      .slice(0, Math.ceil(1.1 * this.#options.pageSize))
      .forEach(key => this.#tracker.touch(key));
    if (this.#options.readsInOrder) {
      await this.changeOne();
      onStep();
    }
    await sleep(1_000);
    this.#closeOldest();
    onStep();
  }

  async changeOne(): Promise<void> {
    this.#improvements.push(this.#tracker.create({ improvement: true }));
  }

  #closeOldest() {
    const oldest = this.#improvements.find(
      key => this.#tracker.instantsOf(key).closedAt === null,
    );
    if (!oldest) throw new Error('All improvements are closed');
    this.#tracker.close(oldest);
  }
}
