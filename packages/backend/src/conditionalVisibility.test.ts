import {
  BackstageUserPrincipal,
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  catalogServiceRef,
  CatalogServiceRequestOptions,
} from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import permissionBackend from '@backstage/plugin-permission-backend';
import {
  AuthorizeResult,
  isPermission,
  isResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import operationalExcellenceBackend from 'backstage-plugin-operational-excellence-backend';
import {
  operationalExcellenceSourceReadPermission,
  Page,
  Service,
} from 'backstage-plugin-operational-excellence-common';

const ALICE = 'user:default/alice';
const BOB = 'user:default/bob';

const OWNERS: Record<string, string> = { payments: ALICE, search: BOB };

const entities: Entity[] = Object.entries(OWNERS).map(([name, owner]) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default' },
  spec: { type: 'service', lifecycle: 'production', owner },
}));

/** A catalog that shows users what they own, and everything to services. */
const catalog = catalogServiceMock.mock({
  streamEntities(request, options) {
    return asSeenBy(options).streamEntities(request);
  },
  async getEntitiesByRefs(request, options) {
    return asSeenBy(options).getEntitiesByRefs(request);
  },
});

function asSeenBy(options: object | undefined) {
  const { credentials } = options as CatalogServiceRequestOptions;
  const { userEntityRef } = credentials.principal as BackstageUserPrincipal;
  return catalogServiceMock({
    entities: entities.filter(
      ({ spec }) => !userEntityRef || spec?.owner === userEntityRef,
    ),
  });
}

/** People see what they own; nobody sees the sources. */
class OwnersPolicy implements PermissionPolicy {
  async handle({ permission }: PolicyQuery, user?: PolicyQueryUser) {
    if (isPermission(permission, operationalExcellenceSourceReadPermission)) {
      return { result: AuthorizeResult.DENY } as const;
    }
    if (isResourcePermission(permission, 'catalog-entity')) {
      return createCatalogConditionalDecision(permission, {
        anyOf: [
          catalogConditions.isEntityOwner({
            claims: user?.info.ownershipEntityRefs ?? [],
          }),
        ],
      });
    }
    return { result: AuthorizeResult.ALLOW } as const;
  }
}

const policyModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'owners-policy',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy(new OwnersPolicy());
      },
    });
  },
});

/**
 * Tokens on behalf of users name the plugin that acts, as real ones do and as
 * the permission backend demands of whoever asks for conditions.
 */
const authFactory = createServiceFactory({
  service: coreServices.auth,
  deps: { plugin: coreServices.pluginMetadata },
  factory({ plugin }) {
    const pluginId = plugin.getId();
    const auth = mockServices.auth({
      pluginId,
      disableDefaultAuthPolicy: false,
    });
    const asService = auth.getPluginRequestToken.bind(auth);
    auth.getPluginRequestToken = async options =>
      auth.isPrincipal(options.onBehalfOf, 'user')
        ? {
            token: mockCredentials.user.token(
              options.onBehalfOf.principal.userEntityRef,
              { actor: { subject: `plugin:${pluginId}` } },
            ),
          }
        : asService(options);
    return auth;
  },
});

describe('services under a policy with conditions', () => {
  let url: string;
  let stop: () => Promise<void>;
  const decide = jest.spyOn(OwnersPolicy.prototype, 'handle');

  async function get(caller: string, path: string) {
    const response = await fetch(`${url}${path}`, {
      headers: { authorization: mockCredentials.user.header(caller) },
    });
    return { status: response.status, body: await response.json() };
  }

  async function list(caller: string): Promise<Page<Service>> {
    const { body, status } = await get(caller, '/services');
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body;
  }

  beforeAll(async () => {
    const backend = await startTestBackend({
      features: [
        permissionBackend,
        operationalExcellenceBackend,
        policyModule,
        createServiceFactory({
          service: catalogServiceRef,
          deps: {},
          factory: () => catalog,
        }),
        authFactory,
        permissionsServiceFactory,
        mockServices.rootConfig.factory({
          data: {
            permission: { enabled: true },
            operationalExcellence: {
              visibility: { decisionsFor: 'PT0.001S', servicesFor: 'PT0.001S' },
            },
          },
        }),
      ],
    });
    stop = () => backend.stop();
    url = `http://localhost:${backend.server.port()}/api/operational-excellence`;
  });

  afterAll(() => stop());

  it('are shown to those who may read their entities', async () => {
    const seen = await list(ALICE);
    expect(seen.items.map(({ entityRef }) => entityRef)).toEqual([
      'component:default/payments',
    ]);
    expect(seen.totalItems).toBe(1);
    expect((await list(BOB)).items.map(({ entityRef }) => entityRef)).toEqual([
      'component:default/search',
    ]);

    const own = await get(ALICE, '/services/component/default/payments');
    const other = await get(ALICE, '/services/component/default/search');
    expect([own.status, other.status]).toEqual([200, 404]);
  });

  it('are decided upon together with the permission of the plugin', async () => {
    decide.mockClear();
    await get(ALICE, '/sources');
    expect(
      decide.mock.calls.map(([{ permission }]) => permission.name),
    ).toEqual(['operational-excellence.source.read', 'catalog.entity.read']);
  });

  it('need the permission of the plugin as well', async () => {
    expect(await get(ALICE, '/sources')).toMatchObject({
      status: 403,
      body: { error: { name: 'NotAllowedError' } },
    });
  });
});
