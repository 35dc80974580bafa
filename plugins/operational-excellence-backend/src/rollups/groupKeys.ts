import { RollupDimension } from 'backstage-plugin-operational-excellence-common';
import { storableText } from '../database';
import { lowerCase } from '../services/serviceFilters';

const OF_ENTITIES: readonly RollupDimension[] = ['owner', 'system', 'domain'];

/** Whether the groups of a dimension are entities of the catalog. */
export function areEntities(dimension: RollupDimension): boolean {
  return OF_ENTITIES.includes(dimension);
}

/** The key of a group that somebody names: references have no case. */
export function groupKey(dimension: RollupDimension, given: string): string {
  return storableText(areEntities(dimension) ? lowerCase(given) : given);
}
