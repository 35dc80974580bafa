import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Instant } from 'backstage-plugin-operational-excellence-common';

type Knex = Awaited<ReturnType<DatabaseService['getClient']>>;

export const demoMigrations = {
  directory: resolvePackagePath('backend', 'migrations'),
  tableName: 'demo_knex_migrations',
};

/**
 * How far the seeding has come, so that it happens once however often the
 * process is stopped.
 */
export class SeedProgress {
  readonly #db: Knex;

  private constructor(db: Knex) {
    this.#db = db;
  }

  static async create(options: {
    database: DatabaseService;
  }): Promise<SeedProgress> {
    const { database } = options;
    const db = await database.getClient();
    if (!database.migrations?.skip) await db.migrate.latest(demoMigrations);
    return new SeedProgress(db);
  }

  /**
   * When the seeding began: now, unless it did before. The past of the demo is
   * told from there.
   */
  async begin(now: Instant): Promise<Instant> {
    await this.#put('began', now);
    const [at] = await this.#db('demo_seed')
      .where({ step: 'began' })
      .pluck('at');
    return Number(at);
  }

  async isDone(step: string): Promise<boolean> {
    return Boolean(await this.#db('demo_seed').where({ step }).first('step'));
  }

  async done(step: string, now: Instant): Promise<void> {
    await this.#put(step, now);
  }

  async #put(step: string, at: Instant) {
    await this.#db('demo_seed')
      .insert({ step, at })
      .onConflict('step')
      .ignore();
  }
}
