import { Entity } from '@backstage/catalog-model';
import {
  evaluateFilterPredicate,
  FilterPredicate,
} from '@backstage/filter-predicates';
import { Policy } from './policy';

/**
 * The first policy whose filter matches the entity, if any does.
 *
 * @public
 */
export function selectPolicy(
  policies: readonly Policy[],
  entity: Partial<Entity>,
): Policy | undefined {
  return policies.find(
    ({ match }) =>
      !match || evaluateFilterPredicate(match as FilterPredicate, entity),
  );
}
