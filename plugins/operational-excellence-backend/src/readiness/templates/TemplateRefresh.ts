import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { Instant } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { inTransaction } from '../../sync/inTransaction';
import { ParsedTemplate, parseTemplate } from './parseTemplate';
import { TemplateSource } from './templateSources';
import { TemplateStore } from './TemplateStore';

/** What reading a source came to. */
type Reading = { source: TemplateSource } & (
  | { kind: 'good'; parsed: ParsedTemplate }
  | { kind: 'wrong'; problem: string }
  | { kind: 'skipped' }
);

interface ReadOptions {
  signal: AbortSignal;
  onlyLocal: boolean;
}

export interface TemplateRefreshOptions {
  db: Knex;
  logger: LoggerService;
  sources: readonly TemplateSource[];
  store: TemplateStore;
  now?: () => Instant;
}

/**
 * Brings the stored templates in line with their sources. A source that cannot
 * be read, or is wrong, takes nothing away: what it last said well stays in use,
 * and says what is wrong.
 */
export class TemplateRefresh {
  readonly #options: TemplateRefreshOptions;

  static create(options: TemplateRefreshOptions) {
    return new TemplateRefresh(options);
  }

  private constructor(options: TemplateRefreshOptions) {
    this.#options = options;
  }

  /**
   * Reads what is at hand, and leaves what comes from elsewhere as it is: for the
   * start, which must not wait for others.
   */
  async refreshLocal(): Promise<void> {
    const { signal } = new AbortController();
    await this.#refresh({ signal, onlyLocal: true });
  }

  async refresh(options: { signal: AbortSignal }): Promise<void> {
    await this.#refresh({ ...options, onlyLocal: false });
  }

  async #refresh(options: ReadOptions): Promise<void> {
    const { db, sources, store } = this.#options;
    const readings: Reading[] = [];
    for (const source of sources) {
      readings.push(await this.#read(source, options));
    }
    // In one transaction: no test begins with a template that is half replaced.
    await inTransaction(db, tx => this.#apply(tx, readings, store));
  }

  async #read(source: TemplateSource, options: ReadOptions): Promise<Reading> {
    if (options.onlyLocal && !source.isLocal)
      return { source, kind: 'skipped' };
    try {
      const text = await source.read(options.signal);
      return { source, kind: 'good', parsed: parseTemplate(text) };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const problem = error.message;
      this.#options.logger.warn(
        `The readiness template ${source.name} cannot be used:\n${problem}`,
      );
      return { source, kind: 'wrong', problem };
    }
  }

  async #apply(
    tx: Knex.Transaction,
    readings: readonly Reading[],
    store: TemplateStore,
  ) {
    const now = this.#options.now?.() ?? Date.now();
    const stored = await store.all(tx);
    /** Whose each id is. The first source has it, built-in ones come last. */
    const taken = new Map<string, string>();
    const problems: { source: string; message: string }[] = [];
    const skipped = new Set<string>();

    for (const reading of readings) {
      const { isBuiltIn, name } = reading.source;
      if (reading.kind === 'good') {
        const { id } = reading.parsed.template;
        const owner = taken.get(id);
        if (owner === undefined) {
          taken.set(id, name);
          await store.put(tx, reading.parsed, { source: name, readAt: now });
        } else if (!isBuiltIn) {
          problems.push({
            source: name,
            message: `Its id ${id} is the one of ${owner}; every template needs its own`,
          });
        }
        continue;
      }
      if (reading.kind === 'skipped') skipped.add(name);
      const known = stored.filter(
        each => each.source === name && !each.removed && !taken.has(each.id),
      );
      for (const { id } of known) {
        taken.set(id, name);
        if (reading.kind === 'wrong') {
          const { problem } = reading;
          await store.setProblem(tx, id, { problem, readAt: now });
        }
      }
      if (reading.kind === 'wrong' && !known.length) {
        problems.push({ source: name, message: reading.problem });
      }
    }
    await store.replaceProblems(tx, problems, { keep: skipped, readAt: now });
    await store.removeAllBut(tx, new Set(taken.keys()), { now });
  }
}
