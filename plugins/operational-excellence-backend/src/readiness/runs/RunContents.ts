import {
  ReadinessItem,
  ReadinessTemplate,
  ReadinessTemplateFile,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { contentOf, itemsOf, shownTemplate } from '../templates';
import { ReadinessRun } from './runRows';

/** Reads what tests ask: the template as it was when they began. */
export class RunContents {
  static create(): RunContents {
    return new RunContents();
  }

  private constructor() {}

  /**
   * The template with the items that apply; `undefined` where only the result of
   * the test was put down.
   */
  async of(
    db: Knex,
    run: Pick<ReadinessRun, 'itemIds' | 'revision' | 'template'>,
  ): Promise<ReadinessTemplate | undefined> {
    const content = await this.#content(db, run);
    return (
      content &&
      shownTemplate(
        { revision: run.revision!, content },
        { itemIds: new Set(run.itemIds) },
      )
    );
  }

  /** The items that apply, and the ids of those that do not. */
  async itemsOf(
    db: Knex,
    run: Pick<ReadinessRun, 'itemIds' | 'revision' | 'template'>,
  ): Promise<{ items: ReadinessItem[]; notApplying: string[] }> {
    const template = await this.of(db, run);
    const content = await this.#content(db, run);
    const ids = content
      ? content.sections.flatMap(({ items }) => items.map(({ id }) => id))
      : [];
    return {
      items: template ? itemsOf(template) : [],
      notApplying: ids.filter(id => !run.itemIds.includes(id)),
    };
  }

  async #content(
    db: Knex,
    run: Pick<ReadinessRun, 'revision' | 'template'>,
  ): Promise<ReadinessTemplateFile | undefined> {
    if (run.revision === null) return undefined;
    const row = await db('readiness_template_revisions')
      .where({ template: run.template, revision: run.revision })
      .first('content');
    return row && contentOf(row.content);
  }
}
