import { FilterPredicate } from '@backstage/filter-predicates';
import { Policy } from 'backstage-plugin-operational-excellence-common';

const ALWAYS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'relations',
  'spec.domain',
  'spec.lifecycle',
  'spec.owner',
  'spec.system',
  'spec.type',
];

/**
 * Which fields of a service's entity have to be read from the catalog: those
 * that services are described by, and those that sources and policies look at.
 */
export function entityFields(options: {
  annotations: Iterable<string>;
  policies: readonly Policy[];
  tierLabel?: string;
}): string[] {
  const { annotations, policies, tierLabel } = options;
  const fields = new Set(ALWAYS);
  for (const annotation of annotations) {
    fields.add(`metadata.annotations.${annotation}`);
  }
  if (tierLabel) fields.add(`metadata.labels.${tierLabel}`);
  for (const path of policyFields(policies)) fields.add(path);
  return [...fields].sort();
}

/** Which fields of an entity policies look at when one is selected. */
export function policyFields(policies: readonly Policy[]): string[] {
  const fields = new Set<string>();
  for (const { match } of policies) {
    if (match) addPaths(match as FilterPredicate, fields);
  }
  return [...fields].sort();
}

/** Adds the paths into an entity that a predicate looks at. */
function addPaths(predicate: FilterPredicate, paths: Set<string>) {
  if (typeof predicate !== 'object') return;
  for (const [key, value] of Object.entries(predicate)) {
    if (key === '$not') addPaths(value as FilterPredicate, paths);
    else if (key === '$all' || key === '$any') {
      (value as FilterPredicate[]).forEach(inner => addPaths(inner, paths));
    } else paths.add(key);
  }
}
