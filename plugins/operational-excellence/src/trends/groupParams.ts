import type { RollupDimension } from 'backstage-plugin-operational-excellence-common';
import type { LinkParams } from '../portalLinks';

/**
 * The filters that leave the services of a group; of a dimension without a key,
 * those that are in none.
 */
export function groupParams(
  by: RollupDimension,
  key: string | null,
): LinkParams {
  if (by === 'all') return {};
  return key === null ? { without: by } : { [by]: key };
}
