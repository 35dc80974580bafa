import { Entity } from '@backstage/catalog-model';
import { ConflictError, InputError } from '@backstage/errors';
import {
  Instant,
  isSameReadinessAnswer,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { inTransaction } from '../../sync/inTransaction';
import {
  answerChanged,
  byWhom,
  noSuchRun,
  requireState,
  unknownItems,
} from './conflicts';
import { RunContents } from './RunContents';
import { GivenAnswer, isStanding, ReadinessRun, StoredAnswer } from './runRows';
import { requirePast, RunService } from './RunService';
import { RunStarter } from './RunStarter';
import { RunStore } from './RunStore';
import { cleanAnswer } from './wording';

/** What a pipeline found, or a part of it. */
export interface RunReport {
  externalId: string;
  entityRef: string;
  template: string;
  performedAt?: Instant;
  answers: ReadonlyMap<string, GivenAnswer>;
  finish: boolean;
}

export interface ReportServiceOptions {
  contents: RunContents;
  db: Knex;
  runs: RunStore;
  service: RunService;
  starter: RunStarter;
  now?: () => Instant;
}

/**
 * Takes what pipelines report of readiness tests, in as many parts as they like.
 * What a pipeline sends under one id is one test; to send it again changes
 * nothing.
 */
export class ReportService {
  readonly #options: ReportServiceOptions;

  static create(options: ReportServiceOptions) {
    return new ReportService(options);
  }

  private constructor(options: ReportServiceOptions) {
    this.#options = options;
  }

  /**
   * @throws InputError where an item is not known, or items stand against
   * finishing: what was reported is kept then
   * @throws ConflictError where the id is of another test, or of one that is
   * finished with other answers, or somebody answered an item otherwise
   */
  async report(
    report: RunReport,
    options: { serviceId: number; by: string },
  ): Promise<{ id: string; isNew: boolean }> {
    const { db, service, starter } = this.#options;
    const { performedAt } = report;
    if (performedAt !== undefined) requirePast(performedAt, this.#now());
    const answers = new Map(
      [...report.answers].map(([itemId, answer]) => [
        itemId,
        cleanAnswer(answer),
      ]),
    );
    const entity = await starter.entity(report.entityRef);
    const stored = await inTransaction(db, async tx => {
      const found = await this.#findOrStart(tx, report, { ...options, entity });
      const { run } = found;
      requireSameTest(run, report, options);
      const isOpen = await this.#putAnswers(tx, run, answers, options);
      if (!isOpen) requireSamePerformedAt(run, performedAt);
      return { id: run.id, isNew: found.isNew, isOpen };
    });
    if (report.finish && stored.isOpen) {
      await service.finish(stored.id, {
        by: options.by,
        summary: null,
        performedAt,
      });
    }
    return stored;
  }

  async #findOrStart(
    tx: Knex.Transaction,
    report: RunReport,
    options: { serviceId: number; by: string; entity: Entity },
  ): Promise<{ run: ReadinessRun; isNew: boolean }> {
    const { runs, starter } = this.#options;
    const { externalId, template } = report;
    const { by, entity, serviceId } = options;
    const reference = { reportedBy: by, externalId };
    const earlier = await runs.find(tx, reference);
    let newId: string | undefined;
    if (!earlier) {
      newId = await starter.start(
        tx,
        { serviceId, entity, template, startedBy: by, now: this.#now() },
        { report: reference },
      );
    }
    // Where there was none and none was added, another part came a moment ago.
    const id = earlier?.id ?? newId ?? (await runs.find(tx, reference))?.id;
    const run = id === undefined ? undefined : await runs.lock(tx, id);
    if (!run) throw noSuchRun(externalId);
    return { run, isNew: newId !== undefined };
  }

  /** Stores what is new of the answers, and tells whether the test is open. */
  async #putAnswers(
    tx: Knex.Transaction,
    run: ReadinessRun,
    answers: ReadonlyMap<string, GivenAnswer>,
    options: { by: string },
  ): Promise<boolean> {
    const { contents, runs } = this.#options;
    const unknown = [...answers.keys()].filter(id => !run.itemIds.includes(id));
    if (unknown.length) {
      throw new InputError(
        `Invalid body property answers: ${unknownItems(
          unknown,
          await contents.itemsOf(tx, run),
        )}`,
      );
    }
    const all = await runs.answers(tx, run.id);
    const stored = new Map(all.map(answer => [answer.itemId, answer]));
    const changed = [...answers].filter(([itemId, answer]) => {
      const known = stored.get(itemId);
      const same =
        known && isStanding(known) && isSameReadinessAnswer(known, answer);
      return !same;
    });
    const isOpen = run.state === 'open';
    if (run.state === 'discarded') requireState(run, 'open');
    if (!isOpen && changed.length) {
      throw new ConflictError(
        `The readiness test was finished${byWhom(
          run.performedBy,
          run.updatedAt,
        )} with another answer to ${changed
          .map(([itemId]) => itemId)
          .join(', ')}; report it under another id`,
      );
    }
    for (const [itemId, answer] of changed) {
      await this.#putAnswer(tx, run, stored.get(itemId), {
        ...answer,
        itemId,
        version: (stored.get(itemId)?.version ?? 0) + 1,
        answeredBy: options.by,
        answeredAt: this.#now(),
      });
    }
    return isOpen;
  }

  async #putAnswer(
    tx: Knex.Transaction,
    run: ReadinessRun,
    stored: StoredAnswer | undefined,
    answer: StoredAnswer,
  ) {
    // What a person answered since is not for a pipeline to overwrite.
    const isOfAnother =
      stored && isStanding(stored) && stored.answeredBy !== answer.answeredBy;
    if (isOfAnother) throw answerChanged(answer.itemId, stored);
    if (!(await this.#options.runs.putAnswer(tx, run.id, answer))) {
      throw answerChanged(answer.itemId, stored);
    }
  }

  #now() {
    return this.#options.now?.() ?? Date.now();
  }
}

/** @throws ConflictError where the id is of a test of something else */
function requireSameTest(
  run: ReadinessRun,
  report: RunReport,
  options: { serviceId: number },
) {
  if (run.serviceId === options.serviceId && run.template === report.template) {
    return;
  }
  throw new ConflictError(
    `The id ${report.externalId} is of a readiness test of another service or template (${run.template}); take one id for each test`,
  );
}

function requireSamePerformedAt(
  run: ReadinessRun,
  performedAt: Instant | undefined,
) {
  if (performedAt === undefined || performedAt === run.performedAt) return;
  throw new ConflictError(
    `The readiness test is finished already, as performed at ${toIsoInstant(
      run.performedAt,
    )}; report it under another id`,
  );
}
