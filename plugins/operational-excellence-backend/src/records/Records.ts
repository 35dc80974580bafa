import {
  ExerciseRecord,
  OperationalExcellenceRecordsExtensionPoint,
  ReadinessRunRecord,
  ReadinessTestRecord,
  WaiverRecord,
} from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import { ExerciseService } from '../exercises';
import { ReadinessTestService, RunRecorder } from '../readiness';
import { WaiverService } from '../waivers';

/** Puts down what trusted modules tell. */
export class Records implements OperationalExcellenceRecordsExtensionPoint {
  readonly #db: Knex;
  readonly #exercises: ExerciseService;
  readonly #readinessRuns: RunRecorder;
  readonly #readinessTests: ReadinessTestService;
  readonly #waivers: WaiverService;

  static create(options: {
    db: Knex;
    exercises: ExerciseService;
    readinessRuns: RunRecorder;
    readinessTests: ReadinessTestService;
    waivers: WaiverService;
  }) {
    return new Records(options);
  }

  private constructor(options: {
    db: Knex;
    exercises: ExerciseService;
    readinessRuns: RunRecorder;
    readinessTests: ReadinessTestService;
    waivers: WaiverService;
  }) {
    this.#db = options.db;
    this.#exercises = options.exercises;
    this.#readinessRuns = options.readinessRuns;
    this.#readinessTests = options.readinessTests;
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

  async grantWaiver(waiver: WaiverRecord): Promise<string> {
    return this.#waivers.grant(waiver);
  }
}
