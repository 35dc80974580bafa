import {
  createApiFactory,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import {
  OperationalExcellenceClient,
  operationalExcellenceApiRef,
} from './api';

export const operationalExcellenceApiFactory = createApiFactory({
  api: operationalExcellenceApiRef,
  deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
  factory: deps => new OperationalExcellenceClient(deps),
});
