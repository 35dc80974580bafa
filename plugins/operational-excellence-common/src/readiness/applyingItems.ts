import { Entity } from '@backstage/catalog-model';
import { evaluateFilterPredicate } from '@backstage/filter-predicates';
import { ReadinessTemplateFile } from './templateFile';

/**
 * The ids of the items of a template that apply to an entity, in their order.
 *
 * @public
 */
export function applyingReadinessItems(
  template: Pick<ReadinessTemplateFile, 'sections'>,
  entity: Partial<Entity>,
): string[] {
  return template.sections.flatMap(({ items }) =>
    items
      .filter(
        ({ appliesTo }) =>
          appliesTo === null || evaluateFilterPredicate(appliesTo, entity),
      )
      .map(({ id }) => id),
  );
}
