import { Entity } from '@backstage/catalog-model';
import {
  applyingReadinessItems,
  Policy,
  ReadinessTemplateItem,
  ReadinessTemplateList,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { allOf, bound, queryRows, sql, withTables } from '../../database';
import {
  visibleConditions,
  visibleTables,
} from '../../services/visibleServices';
import { Visibility } from '../../visibility/Visibility';
import { IS_NEWEST, IS_OUTDATED } from '../runs/runSelect';
import { shownTemplate, StoredTemplate } from './templateRows';
import { TemplateStore } from './TemplateStore';

type Counts = ReadinessTemplateItem['services'];

const NONE: Counts = { tested: 0, outdated: 0 };

export interface TemplateQueriesOptions {
  db: Knex;
  policies: readonly Policy[];
  templates: TemplateStore;
}

/** Reads templates, and how many services were tested by what they say now. */
export class TemplateQueries {
  readonly #options: TemplateQueriesOptions;

  static create(options: TemplateQueriesOptions) {
    return new TemplateQueries(options);
  }

  private constructor(options: TemplateQueriesOptions) {
    this.#options = options;
  }

  /** All templates; removed ones as long as tests of them are kept. */
  async list(visibility: Visibility): Promise<ReadinessTemplateList> {
    const { db, templates } = this.#options;
    const [all, counts, problems] = await Promise.all([
      templates.all(db),
      this.#counts(visibility),
      templates.problems(db),
    ]);
    return {
      items: all.map(template => this.#shown(template, counts)),
      problems,
    };
  }

  /** What can be run against one service; only what of it applies. */
  async listFor(
    service: { id: number; entity: Entity },
    visibility: Visibility,
  ): Promise<ReadinessTemplateList> {
    const { db, templates } = this.#options;
    const [all, counts, problems] = await Promise.all([
      templates.all(db),
      this.#counts(visibility, service.id),
      templates.problems(db),
    ]);
    return {
      items: all
        .filter(({ removed }) => !removed)
        .map(template => {
          const ids = applyingReadinessItems(template.content, service.entity);
          return this.#shown(template, counts, new Set(ids));
        })
        .filter(({ sections }) => sections.length > 0),
      problems,
    };
  }

  #shown(
    template: StoredTemplate,
    counts: ReadonlyMap<string, Counts>,
    itemIds?: ReadonlySet<string>,
  ): ReadinessTemplateItem {
    const { id, problem, readAt, removed, source } = template;
    return {
      ...shownTemplate(template, { itemIds }),
      source,
      readAt: toIsoInstant(readAt),
      problem,
      removed,
      requiredBy: this.#options.policies
        .filter(({ readinessTest }) => readinessTest?.templates.includes(id))
        .map(policy => policy.id),
      services: counts.get(id) ?? NONE,
    };
  }

  /**
   * How many services were tested, by the id of the template. Of those whose
   * result was only put down, nobody knows what they were asked.
   */
  async #counts(
    visibility: Visibility,
    serviceId?: number,
  ): Promise<ReadonlyMap<string, Counts>> {
    const { db } = this.#options;
    const tables = withTables(visibleTables(db, visibility));
    const conditions = [
      ...visibleConditions(visibility),
      sql`${IS_NEWEST}`,
      ...(serviceId === undefined
        ? []
        : [sql`r.service_id = ${bound(serviceId)}`]),
    ];
    const statement = sql`${tables} select r.template, count(*) as tested,
        sum(case when ${IS_OUTDATED} then 1 else 0 end) as outdated
      from readiness_runs r
      join service_status st on st.service_id = r.service_id
      where ${allOf(conditions)}
      group by r.template`;
    const rows = await queryRows<{
      template: string;
      tested: number | string;
      outdated: number | string;
    }>(db, statement.sql, statement.bindings);
    return new Map(
      rows.map(({ outdated, template, tested }) => [
        template,
        { tested: Number(tested), outdated: Number(outdated) },
      ]),
    );
  }
}
