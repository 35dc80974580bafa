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
  /** Only the newest finished test of each service and template. */
  newest: boolean;
  /** Only tests whose template was changed since they were begun. */
  outdated: boolean;
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
    newest: params.get('newest') === 'true',
    outdated: params.get('outdated') === 'true',
  };
}

/** Writes a view as the parameters of a URL, without what is at its default. */
export function formatTestsView(view: TestsView): URLSearchParams {
  const { newest, outdated, tab, ...filters } = view;
  const params = new URLSearchParams();
  if (tab !== 'tests') params.set('view', tab);
  for (const [name, values] of Object.entries(filters)) {
    values.forEach(value => params.append(name, value));
  }
  if (newest) params.set('newest', 'true');
  if (outdated) params.set('outdated', 'true');
  return params;
}

/** The filters of a view as the API's query. */
export function testsQuery(view: TestsView) {
  const { newest, outdated, tab: _, ...filters } = view;
  return {
    ...filters,
    newest: newest ? 'true' : undefined,
    outdated: outdated ? 'true' : undefined,
  };
}

export function isFiltered(view: TestsView): boolean {
  return Object.values(testsQuery(view)).some(values => values?.length);
}
