import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  operationalExcellenceImprovementCreatePermission as improvementCreate,
  operationalExcellenceServicePermissions,
} from 'backstage-plugin-operational-excellence-common';
import { Server } from 'http';
import { Knex } from 'knex';
import request from 'supertest';
import { TestStore } from '../database/__testUtils__/TestStore';
import plugin, {
  createServiceConditionalDecision,
  serviceConditions,
} from '../index';

const PATH = '/api/operational-excellence/.well-known/backstage/permissions';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'permissions for services on %s',
  databaseId => {
    let db: Knex;
    let server: Server;
    let stop: () => Promise<void>;

    beforeAll(async () => {
      db = await databases.init(databaseId);
      const backend = await startTestBackend({
        features: [
          plugin,
          catalogServiceMock.factory({ entities: [] }),
          mockServices.database.factory({ knex: db }),
          // Keeps what the test stores: nothing refreshes the directory.
          mockServices.scheduler.mock().factory,
        ],
      });
      server = backend.server;
      stop = () => backend.stop();
      const store = await TestStore.create(db);
      await store.addService({
        name: 'payments',
        owners: ['group:default/team-a', 'group:default/division'],
      });
      await store.addService({ name: 'orphan' });
      await store.addService({
        name: 'removed',
        owners: ['group:default/team-a'],
        removedAt: 1,
      });
    });

    afterAll(() => stop());

    /** What the permission backend asks the plugin, once a policy has decided. */
    async function decide(name: string, claims: string[]) {
      const decision = createServiceConditionalDecision(
        improvementCreate,
        serviceConditions.isServiceOwner({ claims }),
      );
      const { body } = await request(server)
        .post(`${PATH}/apply-conditions`)
        .set('authorization', mockCredentials.service.header())
        .send({
          items: [
            {
              id: '1',
              resourceRef: `component:default/${name}`,
              resourceType: decision.resourceType,
              conditions: decision.conditions,
            },
          ],
        })
        .expect(200);
      return body.items[0].result;
    }

    it.each([
      ['the owner', 'payments', ['user:default/a', 'group:default/team-a']],
      ['a group above the owner', 'payments', ['group:default/division']],
      ['the owner, written otherwise', 'payments', ['Group:Default/Team-A']],
    ])('allow %s', async (_, name, claims) => {
      expect(await decide(name, claims)).toBe(AuthorizeResult.ALLOW);
    });

    it.each([
      ['somebody else', 'payments', ['user:default/a', 'group:default/team-b']],
      ['nobody', 'payments', []],
      ['what has no owner', 'orphan', ['group:default/team-a']],
      ['what left the catalog', 'removed', ['group:default/team-a']],
      ['what is no service', 'nowhere', ['group:default/team-a']],
    ])('deny %s', async (_, name, claims) => {
      expect(await decide(name, claims)).toBe(AuthorizeResult.DENY);
    });

    it('are told with their rule to whoever writes a policy', async () => {
      const { body } = await request(server).get(`${PATH}/metadata`);
      expect(
        body.permissions.map(({ name }: { name: string }) => name),
      ).toEqual(
        expect.arrayContaining(
          operationalExcellenceServicePermissions.map(({ name }) => name),
        ),
      );
      expect(body.rules).toMatchObject([
        {
          name: 'IS_SERVICE_OWNER',
          resourceType: 'operational-excellence-service',
          paramsSchema: { properties: { claims: { type: 'array' } } },
        },
      ]);
    });
  },
);
