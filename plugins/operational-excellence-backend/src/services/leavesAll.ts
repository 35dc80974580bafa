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
    visibility.kind === 'all' &&
    // A measure says what states are of, no more.
    names.every(name => name === 'measure' || filter[name] === undefined)
  );
}
