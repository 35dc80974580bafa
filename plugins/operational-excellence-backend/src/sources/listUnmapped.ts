import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  Instant,
  Page,
  SourceKind,
  toIsoInstant,
  UnmappedService,
  UnmappedServiceQuery,
} from 'backstage-plugin-operational-excellence-common';
import {
  AnnotationSuggestion,
  ServiceDescriptor,
  TicketSource,
} from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import { z } from 'zod';
import { isPostgres, queryRows } from '../database';
import { Visibility } from '../visibility/Visibility';
import { containsPattern } from './containsText';
import { decodePosition, encodePosition } from './listCursor';
import { SourceRegistry } from './SourceRegistry';
import { visibleServices } from './visibleServices';

/** How many suggestions of one source are worth reading. */
const SUGGESTIONS = 3;

/**
 * That a service `services` names nothing, and not even by an annotation that
 * cannot be read. What names a service without being asked counts as well: a
 * ticket in the built-in tracker, a tag of an experiment.
 */
const UNMAPPED_SQL: Record<SourceKind, string> = {
  ticket: `exists (select 1 from service_status
      where service_status.service_id = services.id
        and not service_status.backlog_configured)
    and not exists (select 1 from service_problems
      where service_problems.service_id = services.id
        and service_problems.measure = 'backlog')`,
  experiment: `not exists (select 1 from experiment_matchers
      where experiment_matchers.service_id = services.id)
    and not exists (select 1 from experiment_matches
      where experiment_matches.service_id = services.id)
    and not exists (select 1 from service_problems
      where service_problems.service_id = services.id
        and service_problems.measure = 'gameDay')`,
};

const positionSchema = z.tuple([z.string()]);

interface UnmappedRow {
  entity_ref: string;
  title: string;
  owner_ref: string | null;
  annotations: string;
}

/** The services that name nothing in any source of a kind. */
export async function listUnmapped(
  db: Knex,
  sources: SourceRegistry,
  options: {
    query: UnmappedServiceQuery;
    visibility: Visibility;
    logger: LoggerService;
    now: Instant;
  },
): Promise<Page<UnmappedService>> {
  const { logger, now, query, visibility } = options;
  const visible = visibleServices(db, visibility);
  const place = isPostgres(db)
    ? 'services.entity_ref collate "C"'
    : 'services.entity_ref';
  const conditions = [visible.sql, UNMAPPED_SQL[query.kind]];
  const bindings = [...visible.bindings];
  if (query.q) {
    conditions.push(`services.search_text like ? escape '!'`);
    bindings.push(containsPattern(query.q));
  }
  const from = `from services where ${conditions.join(' and ')}`;
  const after =
    query.cursor === undefined
      ? []
      : decodePosition(query.cursor, {
          schema: positionSchema,
          list: 'unmapped services',
        });

  const [[{ total }], rows] = await Promise.all([
    queryRows<{ total: number | string }>(
      db,
      `select count(*) as total ${from}`,
      bindings,
    ),
    queryRows<UnmappedRow>(
      db,
      `select services.entity_ref, services.title, services.owner_ref,
        services.annotations
      ${from} ${after.length ? `and ${place} > ?` : ''}
      order by ${place} limit ?`,
      [...bindings, ...after, query.limit + 1],
    ),
  ]);
  const page = rows.slice(0, query.limit);
  const suggest = suggestions(
    query.kind === 'ticket' ? sources.ticketSources : [],
    logger,
  );
  return {
    items: page.map(row => ({
      entityRef: row.entity_ref,
      title: row.title,
      ownerRef: row.owner_ref,
      suggestions: suggest({
        entityRef: row.entity_ref,
        title: row.title,
        annotations: JSON.parse(row.annotations),
      }),
    })),
    totalItems: Number(total),
    asOf: toIsoInstant(now),
    ...(rows.length > page.length && {
      nextCursor: encodePosition([page[page.length - 1].entity_ref]),
    }),
  };
}

/**
 * Asks sources what services could name. What one throws is logged once, and the
 * others are asked all the same: a list without suggestions is still a list.
 */
function suggestions(sources: readonly TicketSource[], logger: LoggerService) {
  const failed = new Set<string>();
  const ask = (
    source: TicketSource,
    service: ServiceDescriptor,
  ): AnnotationSuggestion[] => {
    try {
      return source.suggestionsFor?.(service) ?? [];
    } catch (error) {
      if (!failed.has(source.id)) {
        logger.error(
          `The source ${source.id} failed to suggest what ${
            service.entityRef
          } could name: ${isError(error) ? error.message : error}`,
        );
      }
      failed.add(source.id);
      return [];
    }
  };
  return (service: ServiceDescriptor): UnmappedService['suggestions'] =>
    sources.flatMap(source =>
      ask(source, service)
        .slice(0, SUGGESTIONS)
        .map(({ annotation, value }) => ({
          annotation,
          value,
          sourceId: source.id,
          source: source.title,
        })),
    );
}
