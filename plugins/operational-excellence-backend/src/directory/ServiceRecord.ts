import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import {
  Measure,
  Policy,
  selectPolicy,
} from 'backstage-plugin-operational-excellence-common';
import {
  ExperimentMatcher,
  ExperimentSource,
  ServiceDescriptor,
  TicketScope,
  TicketSource,
} from 'backstage-plugin-operational-excellence-node';
import { createHash } from 'crypto';
import { storableText, storableUrl } from '../database';
import { tagLookup, templateLookup } from '../experiments';
import { ownersOf, placeOf } from './ownership';
import { Organisation, titleOf } from './Organisation';

/** A scope that a service names, and what of it belongs to the service. */
export interface NamedScope {
  sourceId: string;
  key: string;
  title: string;
  url: string | null;
  container: string;
  allOf: string[];
  implicit: boolean;
}

/** By which template or first tag to look experiments up, and all their tags. */
export interface NamedExperiments {
  sourceId: string;
  lookup: string;
  tags: Record<string, string>;
}

/** An annotation that a source could not read. */
export interface ServiceProblem {
  sourceId: string;
  measure: Measure;
  message: string;
}

/** All that is kept of a service of the catalog. */
export interface ServiceRecord {
  entityRef: string;
  title: string;
  ownerRef: string | null;
  systemRef: string | null;
  domainRef: string | null;
  type: string | null;
  lifecycle: string | null;
  tier: string | null;
  policyId: string | null;
  annotations: Record<string, string>;
  /** The owners and every group above them, each with the steps up to it. */
  owners: Record<string, number>;
  scopes: NamedScope[];
  experiments: NamedExperiments[];
  problems: ServiceProblem[];
}

export interface ServiceRecordOptions {
  organisation: Organisation;
  policies: readonly Policy[];
  tierLabel?: string;
  ticketSources: readonly TicketSource[];
  experimentSources: readonly ExperimentSource[];
  /** Told of what a source throws beside malformed annotations. */
  onSourceError(sourceId: string, entityRef: string, error: unknown): void;
}

/** Reads what is kept of a service from its entity. */
export function toServiceRecord(
  entity: Entity,
  options: ServiceRecordOptions,
): ServiceRecord {
  const { organisation, policies, tierLabel } = options;
  const { ownerRef, owners } = ownersOf(entity, organisation);
  const descriptor: ServiceDescriptor = {
    entityRef: stringifyEntityRef(entity),
    title: titleOf(entity),
    annotations: neededAnnotations(entity, options),
  };
  return {
    ...descriptor,
    annotations: { ...descriptor.annotations },
    ownerRef,
    owners: Object.fromEntries(owners),
    ...placeOf(entity, organisation),
    type: text(entity.spec?.type),
    lifecycle: text(entity.spec?.lifecycle),
    tier: tierLabel ? text(entity.metadata.labels?.[tierLabel]) : null,
    policyId: selectPolicy(policies, entity)?.id ?? null,
    ...askSources(descriptor, options),
  };
}

/** Equal for records that are stored alike. */
export function contentHash(record: ServiceRecord): string {
  return createHash('sha256').update(JSON.stringify(record)).digest('base64');
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? storableText(value) : null;
}

function neededAnnotations(
  entity: Entity,
  { ticketSources, experimentSources }: ServiceRecordOptions,
): Record<string, string> {
  const needed = new Set(
    [...ticketSources, ...experimentSources].flatMap(source => [
      ...source.annotations,
    ]),
  );
  const given = entity.metadata.annotations ?? {};
  return Object.fromEntries(
    [...needed]
      .filter(key => Object.hasOwn(given, key))
      .sort()
      .map(key => [key, storableText(String(given[key]))]),
  );
}

function askSources(
  descriptor: ServiceDescriptor,
  options: ServiceRecordOptions,
): Pick<ServiceRecord, 'scopes' | 'experiments' | 'problems'> {
  const problems: ServiceProblem[] = [];
  const ask = <T>(sourceId: string, measure: Measure, read: () => T[]): T[] => {
    try {
      return read();
    } catch (error) {
      // By name, for a module may bring its own copy of the class.
      if (!isError(error) || error.name !== 'MalformedAnnotationError') {
        options.onSourceError(sourceId, descriptor.entityRef, error);
      }
      const message = isError(error) ? error.message : String(error);
      problems.push({ sourceId, measure, message: storableText(message) });
      return [];
    }
  };
  const scopes = options.ticketSources.flatMap(source =>
    ask(source.id, 'backlog', () =>
      source.scopesFor(descriptor).map(scope => namedScope(source.id, scope)),
    ),
  );
  const experiments = options.experimentSources.flatMap(source =>
    ask(source.id, 'gameDay', () =>
      namedExperiments(source.id, source.matcherFor(descriptor)),
    ),
  );
  return { scopes: mergeAlike(scopes), experiments, problems };
}

function namedScope(sourceId: string, scope: TicketScope): NamedScope {
  const { key, title, url, matcher, implicit = false } = scope;
  return {
    sourceId,
    key,
    title,
    url: storableUrl(url ?? null),
    container: matcher.container,
    allOf: [...new Set(matcher.allOf)].sort(),
    implicit,
  };
}

/** What is named twice is named once; explicitly, if one of them is explicit. */
function mergeAlike(scopes: NamedScope[]): NamedScope[] {
  const merged = new Map<string, NamedScope>();
  for (const scope of scopes) {
    const { sourceId, key, container, allOf } = scope;
    const identity = JSON.stringify([sourceId, key, container, allOf]);
    const known = merged.get(identity);
    merged.set(identity, {
      ...(known ?? scope),
      implicit: scope.implicit && (known?.implicit ?? true),
    });
  }
  return [...merged.values()];
}

function namedExperiments(
  sourceId: string,
  matcher: ExperimentMatcher | undefined,
): NamedExperiments[] {
  if (!matcher) return [];
  const lookups = new Map<string, NamedExperiments>();
  const add = (named: NamedExperiments) =>
    lookups.set(JSON.stringify(named), named);

  for (const templateId of matcher.templateIds) {
    add({ sourceId, lookup: templateLookup(templateId), tags: {} });
  }
  for (const selector of matcher.tagSelectors) {
    const tags = Object.entries(selector).sort(([a], [b]) => (a < b ? -1 : 1));
    // A selector without tags selects nothing, rather than everything.
    if (tags.length === 0) continue;
    const [[key, value]] = tags;
    add({
      sourceId,
      lookup: tagLookup(key, value),
      tags: Object.fromEntries(tags),
    });
  }
  return [...lookups.values()];
}
