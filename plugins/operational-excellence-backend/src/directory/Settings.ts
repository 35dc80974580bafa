import { Knex } from 'knex';

interface SettingRow {
  key: string;
  value: string;
}

/** Short facts that outlive a process and are the same for all replicas. */
export class Settings {
  readonly #db: Knex;

  static create(options: { db: Knex }) {
    return new Settings(options.db);
  }

  private constructor(db: Knex) {
    this.#db = db;
  }

  async get(key: string): Promise<string | undefined> {
    const row = await this.#db<SettingRow>('settings').where({ key }).first();
    return row?.value;
  }

  async set(key: string, value: string): Promise<void> {
    await this.#db<SettingRow>('settings')
      .insert({ key, value })
      .onConflict('key')
      .merge();
  }

  async remove(key: string): Promise<void> {
    await this.#db<SettingRow>('settings').where({ key }).delete();
  }
}
