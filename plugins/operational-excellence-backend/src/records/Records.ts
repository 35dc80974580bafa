import {
  DayRecord,
  ExerciseRecord,
  InitiativeRecord,
  OperationalExcellenceRecordsExtensionPoint,
  ReadinessRunRecord,
  ReadinessTestRecord,
  SharedViewRecord,
  WaiverRecord,
} from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import { ExerciseService } from '../exercises';
import { HistoryRecorder } from '../history';
import { InitiativeService } from '../initiatives';
import { ReadinessTestService, RunRecorder } from '../readiness';
import { SavedViewService } from '../savedViews';
import { WaiverService } from '../waivers';

/** Puts down what trusted modules tell. */
export class Records implements OperationalExcellenceRecordsExtensionPoint {
  readonly #db: Knex;
  readonly #exercises: ExerciseService;
  readonly #history: HistoryRecorder;
  readonly #initiatives: InitiativeService;
  readonly #readinessRuns: RunRecorder;
  readonly #readinessTests: ReadinessTestService;
  readonly #views: SavedViewService;
  readonly #waivers: WaiverService;

  static create(options: {
    db: Knex;
    exercises: ExerciseService;
    history: HistoryRecorder;
    initiatives: InitiativeService;
    readinessRuns: RunRecorder;
    readinessTests: ReadinessTestService;
    views: SavedViewService;
    waivers: WaiverService;
  }) {
    return new Records(options);
  }

  private constructor(options: {
    db: Knex;
    exercises: ExerciseService;
    history: HistoryRecorder;
    initiatives: InitiativeService;
    readinessRuns: RunRecorder;
    readinessTests: ReadinessTestService;
    views: SavedViewService;
    waivers: WaiverService;
  }) {
    this.#db = options.db;
    this.#exercises = options.exercises;
    this.#history = options.history;
    this.#initiatives = options.initiatives;
    this.#readinessRuns = options.readinessRuns;
    this.#readinessTests = options.readinessTests;
    this.#views = options.views;
    this.#waivers = options.waivers;
  }

  async knownServices(): Promise<string[]> {
    return this.#db('services')
      .whereNull('removed_at')
      .orderBy('entity_ref')
      .pluck('entity_ref');
  }

  async recordReadinessTest(test: ReadinessTestRecord): Promise<string> {
    return this.#readinessTests.record(test);
  }

  async recordReadinessRun(run: ReadinessRunRecord): Promise<string> {
    return this.#readinessRuns.record(run);
  }

  async recordExercise(exercise: ExerciseRecord): Promise<string> {
    return this.#exercises.record(exercise);
  }

  async recordDay(record: DayRecord): Promise<boolean> {
    return this.#history.record(record);
  }

  async grantWaiver(waiver: WaiverRecord): Promise<string> {
    return this.#waivers.grant(waiver);
  }

  async recordInitiative(initiative: InitiativeRecord): Promise<string> {
    const { createdAt, createdBy, ...submission } = initiative;
    const { id } = await this.#initiatives.create(submission, {
      createdAt,
      createdBy,
      allowPast: true,
    });
    return id;
  }

  async shareView({ createdBy, ...view }: SharedViewRecord): Promise<string> {
    return this.#views.share(view, createdBy);
  }
}
