import {
  Improvement,
  ImprovementDetail,
  ImprovementQuery,
  Instant,
  Page,
  Policy,
  SimilarTicketList,
  TrackerList,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { queryPrepared, queryRows, storableText } from '../../database';
import { isVisible } from '../../services/visibleServices';
import { visibleServiceId } from '../../services/visibleServiceId';
import { Visibility } from '../../visibility/Visibility';
import { readSimilarTickets } from '../similar';
import { ServiceTrackers } from '../trackers';
import {
  EvaluationRow,
  FROM_IMPROVEMENTS,
  SCOPE_JOIN,
  SHOWN_COLUMNS,
  shownEvaluation,
  shownImprovement,
  ShownRow,
  ShowOptions,
} from './improvementSelect';
import { listImprovements } from './listImprovements';
import { readAlternatives } from './readAlternatives';
import { readChain } from './readChain';

export interface ImprovementQueriesOptions {
  db: Knex;
  policies: readonly Policy[];
  sourceTitles: ReadonlyMap<string, string>;
  trackers: ServiceTrackers;
  now?: () => Instant;
}

/** Reads improvements that were filed from the portal. */
export class ImprovementQueries {
  readonly #db: Knex;
  readonly #policies: ReadonlyMap<string, Policy>;
  readonly #sourceTitles: ReadonlyMap<string, string>;
  readonly #trackers: ServiceTrackers;
  readonly #now: () => Instant;

  static create(options: ImprovementQueriesOptions) {
    return new ImprovementQueries(options);
  }

  private constructor(options: ImprovementQueriesOptions) {
    this.#db = options.db;
    this.#policies = new Map(options.policies.map(item => [item.id, item]));
    this.#sourceTitles = options.sourceTitles;
    this.#trackers = options.trackers;
    this.#now = options.now ?? Date.now;
  }

  /** @throws InputError where the cursor does not belong to the query */
  async list(
    query: ImprovementQuery,
    visibility: Visibility,
  ): Promise<Page<Improvement>> {
    return listImprovements(this.#db, query, visibility, this.#showOptions());
  }

  /**
   * An improvement, whoever may see it; `undefined` where there is none, or its
   * service is not in the catalog any more.
   */
  async read(id: string): Promise<Improvement | undefined> {
    const storable = storableText(id);
    const [[row], alternatives] = await Promise.all([
      queryPrepared<ShownRow>(
        this.#db,
        `select ${SHOWN_COLUMNS} ${FROM_IMPROVEMENTS} ${SCOPE_JOIN}
         where i.id = ?`,
        [storable],
      ),
      readAlternatives(this.#db, [storable]),
    ]);
    if (!row) return undefined;
    return shownImprovement(row, {
      ...this.#showOptions(),
      alternatives: alternatives.get(row.id) ?? [],
    });
  }

  /** `undefined` where there is no such improvement, or it is not visible. */
  async get(
    id: string,
    visibility: Visibility,
  ): Promise<ImprovementDetail | undefined> {
    const options = this.#showOptions();
    const chain = await readChain(this.#db, storableText(id));
    const row = chain.find(each => each.id === id);
    if (!row || !isVisible(row.entity_ref, visibility)) return undefined;

    const evaluations = await queryRows<EvaluationRow>(
      this.#db,
      `select * from evaluations where improvement_id = ?
       order by evaluated_at desc, id`,
      [row.id],
    );
    const shown = chain
      .filter(({ entity_ref }) => isVisible(entity_ref, visibility))
      .map(each =>
        shownImprovement(each, {
          ...options,
          alternatives: chain
            .filter(other => other.alternative_to === each.id)
            .map(other => other.id),
        }),
      );
    return {
      ...shown.find(each => each.id === id)!,
      pastEvaluations: evaluations
        .filter(evaluation => evaluation.id !== row.e_id)
        .map(shownEvaluation),
      chain: shown.map(each => ({
        id: each.id,
        title: each.title,
        stage: each.stage,
        ticketKey: each.ticket?.key ?? null,
        ticketUrl: each.ticket?.url ?? null,
        alternativeTo: each.alternativeTo,
      })),
    };
  }

  /** `undefined` where there is no such service, or it is not visible. */
  async trackers(
    entityRef: string,
    visibility: Visibility,
  ): Promise<TrackerList | undefined> {
    const serviceId = await visibleServiceId(this.#db, entityRef, visibility);
    if (serviceId === undefined) return undefined;
    const trackers = await this.#trackers.of(this.#db, serviceId);
    return {
      items: trackers.map(({ id, isBuiltIn, scope, title, url }) => ({
        id,
        title,
        scope,
        url,
        builtIn: isBuiltIn,
      })),
    };
  }

  /** `undefined` where there is no such service, or it is not visible. */
  async similarTickets(
    entityRef: string,
    query: { q: string },
    visibility: Visibility,
  ): Promise<SimilarTicketList | undefined> {
    const serviceId = await visibleServiceId(this.#db, entityRef, visibility);
    return serviceId === undefined
      ? undefined
      : { items: await readSimilarTickets(this.#db, serviceId, query.q) };
  }

  #showOptions(): ShowOptions {
    return {
      now: this.#now(),
      policies: this.#policies,
      sourceTitles: this.#sourceTitles,
      trackers: this.#trackers,
    };
  }
}
