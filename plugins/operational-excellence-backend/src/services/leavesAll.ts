import {
  ServiceFilter,
  serviceFilterSchema,
} from 'backstage-plugin-operational-excellence-common';
import { Visibility } from '../visibility/Visibility';

/** Whether a filter and what the caller may see leave all services. */
export function leavesAll(
  filter: ServiceFilter,
  visibility: Visibility,
): boolean {
  const names = Object.keys(
    serviceFilterSchema.shape,
  ) as (keyof ServiceFilter)[];
  return (
    visibility.kind === 'all' && names.every(name => filter[name] === undefined)
  );
}
