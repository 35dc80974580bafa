import { Instant } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { isPostgres, queryRows, storableText } from '../../database';
import { ParsedTemplate } from './parseTemplate';
import {
  FROM_TEMPLATES,
  StoredTemplate,
  TEMPLATE_COLUMNS,
  TemplateRow,
  templateOfRow,
} from './templateRows';

/** Keeps what templates say, and said when tests of them began. */
export class TemplateStore {
  static create(): TemplateStore {
    return new TemplateStore();
  }

  private constructor() {}

  /** Every template, removed ones that tests refer to included. */
  async all(db: Knex): Promise<StoredTemplate[]> {
    const rows = await queryRows<TemplateRow>(
      db,
      `select ${TEMPLATE_COLUMNS} ${FROM_TEMPLATES} order by t.id`,
    );
    return rows.map(templateOfRow);
  }

  /**
   * The template of an id, if it is configured. In a transaction, what it says
   * stays kept until that ends.
   */
  async current(db: Knex, id: string): Promise<StoredTemplate | undefined> {
    const lock = db.isTransaction && isPostgres(db) ? 'for share of t' : '';
    const [row] = await queryRows<TemplateRow>(
      db,
      `select ${TEMPLATE_COLUMNS} ${FROM_TEMPLATES}
       where t.id = ? and t.removed_at is null ${lock}`,
      [storableText(id)],
    );
    return row && templateOfRow(row);
  }

  /** The ids of the templates that are configured, in their order. */
  async ids(db: Knex): Promise<string[]> {
    return db('readiness_templates')
      .whereNull('removed_at')
      .orderBy('id')
      .pluck('id');
  }

  /** The sources that no template could be read from. */
  async problems(db: Knex): Promise<{ source: string; message: string }[]> {
    return db('readiness_template_problems')
      .orderBy('source')
      .select('source', 'message');
  }

  /** Puts down what a source says. */
  async put(
    tx: Knex.Transaction,
    parsed: ParsedTemplate,
    options: { source: string; readAt: Instant },
  ): Promise<void> {
    const { revision, template } = parsed;
    await tx('readiness_template_revisions')
      .insert({
        template: template.id,
        revision,
        version: storableText(template.version),
        title: storableText(template.title),
        content: storableText(JSON.stringify(template)),
      })
      .onConflict(['template', 'revision'])
      .ignore();
    await tx('readiness_templates')
      .insert({
        id: template.id,
        revision,
        source: storableText(options.source),
        read_at: options.readAt,
        problem: null,
        removed_at: null,
      })
      .onConflict(['id'])
      .merge();
  }

  /** Says why the newest content of a template could not be used. */
  async setProblem(
    tx: Knex.Transaction,
    id: string,
    options: { problem: string; readAt: Instant },
  ): Promise<void> {
    await tx('readiness_templates')
      .where({ id })
      .update({
        problem: storableText(options.problem),
        read_at: options.readAt,
      });
  }

  async replaceProblems(
    tx: Knex.Transaction,
    problems: readonly { source: string; message: string }[],
    options: { keep: ReadonlySet<string>; readAt: Instant },
  ): Promise<void> {
    await tx('readiness_template_problems')
      .whereNotIn('source', [...options.keep].map(storableText))
      .delete();
    for (const { message, source } of problems) {
      await tx('readiness_template_problems')
        .insert({
          source: storableText(source),
          message: storableText(message),
          read_at: options.readAt,
        })
        .onConflict(['source'])
        .merge();
    }
  }

  /**
   * Removes all templates but some, and forgets what no test refers to.
   *
   * @param keep - the ids of those that are configured
   */
  async removeAllBut(
    tx: Knex.Transaction,
    keep: ReadonlySet<string>,
    options: { now: Instant },
  ): Promise<void> {
    await tx('readiness_templates')
      .whereNotIn('id', [...keep])
      .whereNull('removed_at')
      .update({ removed_at: options.now });
    await tx.raw(
      `delete from readiness_templates where removed_at is not null
       and not exists (select 1 from readiness_runs r
         where r.template = readiness_templates.id and r.revision is not null)`,
    );
    await tx.raw(
      `delete from readiness_template_revisions
       where not exists (select 1 from readiness_templates t
         where t.id = readiness_template_revisions.template
           and t.revision = readiness_template_revisions.revision)
       and not exists (select 1 from readiness_runs r
         where r.template = readiness_template_revisions.template
           and r.revision = readiness_template_revisions.revision)`,
    );
  }
}
