import {
  ExperimentTemplate,
  SafetyLever,
} from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import {
  Columns,
  idSet,
  insertSql,
  queryRows,
  setExcluded,
  storableText,
  textSet,
} from '../database';
import { lookupsOf } from '../experiments/lookups';
import { rowOfTemplate, templateColumns } from './templateRows';

interface Scope {
  sourceId: string;
  scopeId: number;
}

const lookupColumns: Columns<{ template_id: number; lookup: string }> = {
  template_id: 'integer',
  lookup: 'text',
};

/** Keeps what limits the harm of experiments, as sources last told it. */
export class GuardrailStore {
  static create(options: { now?: () => number } = {}): GuardrailStore {
    return new GuardrailStore(options.now ?? Date.now);
  }

  readonly #now: () => number;

  private constructor(now: () => number) {
    this.#now = now;
  }

  /** The stored revisions of those of the templates that are stored. */
  async known(
    db: Knex,
    sourceId: string,
    externalIds: readonly string[],
  ): Promise<Map<string, string>> {
    const set = textSet(
      db,
      externalIds.map(id => storableText(id)),
    );
    const rows = await queryRows<{ external_id: string; revision: string }>(
      db,
      `select external_id, revision from experiment_templates
       where source_id = ? and ${set.includes('external_id')}`,
      [sourceId, set.binding],
    );
    return new Map(rows.map(row => [row.external_id, row.revision]));
  }

  /** Stores templates that are new or were changed, and notes of others that they were looked at. */
  async storePage(
    tx: Knex.Transaction,
    page: Scope & {
      templates: readonly ExperimentTemplate[];
      unchanged: readonly string[];
      safetyLever?: SafetyLever;
    },
  ): Promise<void> {
    const now = this.#now();
    await this.#storeTemplates(tx, page, now);
    const unchanged = textSet(tx, page.unchanged);
    await tx.raw(
      `update experiment_templates set checked_at = ?
       where source_id = ? and ${unchanged.includes('external_id')}`,
      [now, page.sourceId, unchanged.binding],
    );
    if (!page.safetyLever) return;
    const { accountId, reason, region, state } = page.safetyLever;
    await tx('safety_levers')
      .insert({
        scope_id: page.scopeId,
        account_id: accountId,
        region,
        state,
        reason: storableText(reason),
        checked_at: now,
      })
      .onConflict('scope_id')
      .merge();
  }

  async #storeTemplates(
    tx: Knex.Transaction,
    page: Scope & { templates: readonly ExperimentTemplate[] },
    now: number,
  ) {
    const templates = new Map(
      page.templates.map(template => [
        storableText(template.externalId),
        template,
      ]),
    );
    if (!templates.size) return;
    const written = await queryRows<{ id: number; external_id: string }>(
      tx,
      `${insertSql(tx, 'experiment_templates', templateColumns)}
       on conflict (source_id, external_id)
       do update set ${setExcluded(templateColumns, [
         'source_id',
         'external_id',
       ])}
       returning id, external_id`,
      [
        JSON.stringify(
          Array.from(templates.values(), template =>
            rowOfTemplate(template, { ...page, now }),
          ),
        ),
      ],
    );
    const ids = idSet(
      tx,
      written.map(({ id }) => id),
    );
    await tx.raw(
      `delete from experiment_template_lookups
       where ${ids.includes('template_id')}`,
      [ids.binding],
    );
    const lookups = written.flatMap(({ id, external_id }) =>
      Array.from(lookupsOfTemplate(templates.get(external_id)), lookup => ({
        template_id: id,
        lookup,
      })),
    );
    await tx.raw(insertSql(tx, 'experiment_template_lookups', lookupColumns), [
      JSON.stringify(lookups),
    ]);
  }

  /**
   * Forgets the templates of a scope that a whole look did not come across, and
   * answers how many there were.
   */
  async removeOthers(
    tx: Knex.Transaction,
    options: { scopeId: number; existing: ReadonlySet<string> },
  ): Promise<number> {
    const existing = textSet(
      tx,
      Array.from(options.existing, id => storableText(id)),
    );
    const removed = await queryRows<{ id: number }>(
      tx,
      `delete from experiment_templates
       where scope_id = ? and not (${existing.includes('external_id')})
       returning id`,
      [options.scopeId, existing.binding],
    );
    return removed.length;
  }
}

function lookupsOfTemplate(template: ExperimentTemplate | undefined) {
  return template
    ? lookupsOf({
        entityRefs: template.entityRefs,
        templateId: template.externalId,
        tags: template.tags,
        templateTags: {},
      })
    : [];
}
