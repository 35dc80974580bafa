import { Entity } from '@backstage/catalog-model';
import { StorageApi, storageApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import {
  entityRouteRef,
  MockStarredEntitiesApi,
  starredEntitiesApiRef,
} from '@backstage/plugin-catalog-react';
import {
  PermissionApi,
  permissionApiRef,
} from '@backstage/plugin-permission-react';
import { ReactElement } from 'react';
import { operationalExcellenceApiRef } from '../api';
import { rootRouteRef } from '../routes';
import { FakeOperationalExcellenceApi } from './FakeOperationalExcellenceApi';

/** Renders an element in an app whose backend is the fake one. */
export function renderWithApi(
  element: ReactElement,
  api: FakeOperationalExcellenceApi,
  options: {
    permissions?: PermissionApi;
    /** The references that the reader owns things through. */
    ownershipEntityRefs?: string[];
    /** The references of what the reader has starred. */
    starred?: string[];
    /** Where drafts are kept. */
    storage?: StorageApi;
    /** Where the reader is, such as `/?state=overdue`. */
    url?: string;
  } = {},
) {
  const starredEntitiesApi = new MockStarredEntitiesApi();
  options.starred?.forEach(ref => starredEntitiesApi.toggleStarred(ref));
  return renderInTestApp(element, {
    apis: [
      [starredEntitiesApiRef, starredEntitiesApi],
      [operationalExcellenceApiRef, api],
      [permissionApiRef, options.permissions ?? permissionsThat('ALLOW')],
      [storageApiRef, options.storage ?? mockApis.storage()],
      mockApis.identity({ ownershipEntityRefs: options.ownershipEntityRefs }),
    ],
    initialRouteEntries: [options.url ?? '/'],
    mountedRoutes: {
      '/catalog/:namespace/:kind/:name': entityRouteRef,
      '/operational-excellence': rootRouteRef,
    },
  });
}

/** Decides alike on every permission. */
export function permissionsThat(decision: 'ALLOW' | 'DENY'): PermissionApi {
  type Response = Awaited<ReturnType<PermissionApi['authorize']>>;
  return { authorize: async () => ({ result: decision } as Response) };
}

/** The catalog's entity of a service. */
export function entityOf(service: { entityRef: string }): Entity {
  const [, kind, namespace, name] =
    /^(.+):(.+)\/(.+)$/.exec(service.entityRef) ?? [];
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: kind === 'component' ? 'Component' : kind,
    metadata: { namespace, name },
  };
}
