import {
  readinessTestStateSchema,
  readinessVerdictSchema,
  type ReadinessTestState,
  type ReadinessVerdict,
} from 'backstage-plugin-operational-excellence-common';

/**
 * What of the readiness tests is listed. All of it is in the URL, so that it can
 * be shared.
 */
export interface TestsView {
  tab: 'tests' | 'templates';
  owner: string[];
  /** Entity references of services. */
  entityRef: string[];
  template: string[];
  state: ReadinessTestState[];
  verdict: ReadinessVerdict[];
}

/** Reads a view from the parameters of a URL; what it does not know it drops. */
export function parseTestsView(params: URLSearchParams): TestsView {
  const values = (name: string) => [
    ...new Set(params.getAll(name).filter(Boolean)),
  ];
  return {
    tab: params.get('view') === 'templates' ? 'templates' : 'tests',
    owner: values('owner'),
    entityRef: values('entityRef'),
    template: values('template'),
    state: readinessTestStateSchema.options.filter(state =>
      values('state').includes(state),
    ),
    verdict: readinessVerdictSchema.options.filter(verdict =>
      values('verdict').includes(verdict),
    ),
  };
}

/** Writes a view as the parameters of a URL, without what is at its default. */
export function formatTestsView(view: TestsView): URLSearchParams {
  const { tab, ...filters } = view;
  const params = new URLSearchParams();
  if (tab !== 'tests') params.set('view', tab);
  for (const [name, values] of Object.entries(filters)) {
    values.forEach(value => params.append(name, value));
  }
  return params;
}

/** The filters of a view as the API's query. */
export function testsQuery({ tab: _, ...filters }: TestsView) {
  return filters;
}

export function isFiltered(view: TestsView): boolean {
  return Object.values(testsQuery(view)).some(values => values.length > 0);
}
