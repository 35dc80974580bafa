import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ReadinessTemplateItem,
  ReadinessTest,
} from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../../api';
import { Loadable, useLoadable } from '../../loading';

/** A template that a service can be tested with. */
export interface TemplateChoice {
  template: ReadinessTemplateItem;
  isRequired: boolean;
  /** The test that was begun with it and is not finished. */
  openTest: ReadinessTest | undefined;
}

const OPEN_LIMIT = 100;

/** The templates that apply to a service, the required ones first. */
export function useChoices(entityRef: string): Loadable<TemplateChoice[]> {
  const api = useApi(operationalExcellenceApiRef);
  return useLoadable(entityRef, async signal => {
    const [templates, open, service] = await Promise.all([
      api.getReadinessTemplates({ entityRef }, { signal }),
      api.getReadinessTests(
        { entityRef, state: ['open'], limit: OPEN_LIMIT },
        { signal },
      ),
      api.getService(entityRef, { signal }),
    ]);
    const required = service.thresholds?.readinessTest?.templates ?? [];
    return templates.items
      .filter(({ removed }) => !removed)
      .map(template => ({
        template,
        isRequired: required.includes(template.id),
        openTest: open.items.find(test => test.template === template.id),
      }))
      .sort(
        (a, b) =>
          Number(b.isRequired) - Number(a.isRequired) ||
          a.template.title.localeCompare(b.template.title),
      );
  });
}
