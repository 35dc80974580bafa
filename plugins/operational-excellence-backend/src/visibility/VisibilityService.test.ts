import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { PolicyDecision } from '@backstage/plugin-permission-common';
import {
  operationalExcellenceImprovementCreatePermission as improvementCreate,
  operationalExcellenceServiceReadPermission as serviceRead,
  operationalExcellenceSourceReadPermission as sourceRead,
  operationalExcellenceSourceSyncPermission as sourceSync,
} from 'backstage-plugin-operational-excellence-common';
import { component, fakeCatalog } from './__testUtils__/fakeCatalog';
import {
  allow,
  conditional,
  deny,
  FakePolicy,
} from './__testUtils__/FakePolicy';
import { VisibilityService } from './VisibilityService';

const alice = mockCredentials.user('user:default/alice');
const bob = mockCredentials.user('user:default/bob');

const PAYMENTS = 'component:default/payments';

const READABLE: Record<string, string[]> = {
  'user:default/alice': [
    'component:default/payments',
    'component:default/checkout',
    'api:default/payments',
  ],
  'user:default/bob': ['component:default/search'],
};

describe('VisibilityService', () => {
  function create(
    entities: PolicyDecision | ((caller: string) => PolicyDecision),
  ) {
    const policy = new FakePolicy((permission, caller) => {
      if (permission !== 'catalog.entity.read') return allow;
      return typeof entities === 'function' ? entities(caller) : entities;
    });
    const { catalog, requests } = fakeCatalog({
      entities: [
        component('Payments'),
        component('checkout'),
        component('search'),
        component('payments', { kind: 'API' }),
      ],
      readableBy: caller => READABLE[caller] ?? [],
    });
    const clock = { now: 1_000_000 };
    const logger = mockServices.logger.mock();
    const visibility = VisibilityService.create({
      catalog,
      logger,
      permissions: policy,
      filter: { kind: 'Component' },
      decisionsFor: 5_000,
      servicesFor: 30_000,
      now: () => clock.now,
    });
    return { catalog, clock, logger, policy, requests, visibility };
  }

  describe('where reading entities is not bound to conditions', () => {
    it('shows all for one request to the permission backend and none to the catalog', async () => {
      const { policy, requests, visibility } = create(allow);
      await expect(visibility.ofServices(alice, serviceRead)).resolves.toEqual({
        kind: 'all',
      });
      expect(policy.requests).toEqual([
        {
          caller: 'user:default/alice',
          permissions: [
            'operational-excellence.service.read',
            'catalog.entity.read',
          ],
        },
      ]);
      expect(requests).toEqual([]);
    });

    it('shows nothing to whom the catalog shows nothing', async () => {
      const { requests, visibility } = create(deny);
      await expect(visibility.ofServices(alice, serviceRead)).resolves.toEqual({
        kind: 'only',
        entityRefs: new Set(),
      });
      await expect(
        visibility.ofService('component:default/payments', alice, serviceRead),
      ).resolves.toEqual({ kind: 'only', entityRefs: new Set() });
      expect(requests).toEqual([]);
    });
  });

  describe('where it depends on conditions', () => {
    it('shows the services that the catalog shows to the caller', async () => {
      const { requests, visibility } = create(conditional());
      await expect(visibility.ofServices(alice, serviceRead)).resolves.toEqual({
        kind: 'only',
        entityRefs: new Set([
          'component:default/payments',
          'component:default/checkout',
        ]),
      });
      expect(requests).toEqual([
        { caller: 'user:default/alice', operation: 'stream' },
      ]);
    });

    it('never gives one caller what another one sees', async () => {
      const { visibility } = create(conditional());
      const [seenByAlice, seenByBob] = await Promise.all([
        visibility.ofServices(alice, serviceRead),
        visibility.ofServices(bob, serviceRead),
      ]);
      expect(seenByAlice).not.toEqual(seenByBob);
      await expect(visibility.ofServices(bob, serviceRead)).resolves.toEqual({
        kind: 'only',
        entityRefs: new Set(['component:default/search']),
      });
    });

    it('tells services of one subject apart by their access restrictions', async () => {
      const { policy, visibility } = create(allow);
      await visibility.ofServices(
        mockCredentials.service('external:ci', {
          permissionNames: ['catalog.entity.read'],
        }),
        serviceRead,
      );
      await visibility.ofServices(
        mockCredentials.service('external:ci'),
        serviceRead,
      );
      expect(policy.requests).toHaveLength(2);
    });

    it('asks the catalog once while what it showed is fresh, and again after that', async () => {
      const { clock, requests, visibility } = create(conditional());
      await visibility.ofServices(alice, serviceRead);
      clock.now += 29_999;
      await visibility.ofServices(alice, sourceRead);
      expect(requests).toHaveLength(1);
      clock.now += 1;
      await visibility.ofServices(alice, serviceRead);
      expect(requests).toHaveLength(2);
    });

    it('forgets what was seen under other conditions', async () => {
      const { clock, policy, requests, visibility } = create(conditional());
      await visibility.ofServices(alice, serviceRead);
      clock.now += 5_000;
      policy.become(permission =>
        permission === 'catalog.entity.read' ? conditional('HAS_LABEL') : allow,
      );
      await visibility.ofServices(alice, serviceRead);
      expect(requests).toHaveLength(2);
    });

    it('looks at one entity only where one is asked for', async () => {
      const { requests, visibility } = create(conditional());
      await expect(
        visibility.ofService('component:default/payments', alice, serviceRead),
      ).resolves.toEqual({
        kind: 'only',
        entityRefs: new Set(['component:default/payments']),
      });
      await expect(
        visibility.ofService('component:default/search', alice, serviceRead),
      ).resolves.toEqual({ kind: 'only', entityRefs: new Set() });
      expect(requests.map(({ operation }) => operation)).toEqual([
        'byRefs',
        'byRefs',
      ]);
    });

    it('answers for one entity from what was seen of all', async () => {
      const { requests, visibility } = create(conditional());
      const all = await visibility.ofServices(alice, serviceRead);
      await expect(
        visibility.ofService('component:default/payments', alice, serviceRead),
      ).resolves.toEqual(all);
      expect(requests).toHaveLength(1);
    });
  });

  describe('permissions', () => {
    it('refuses whom the policy denies, by the name of the permission', async () => {
      const { policy, requests, visibility } = create(conditional());
      policy.become(() => deny);
      await expect(visibility.ofServices(alice, sourceRead)).rejects.toThrow(
        expect.objectContaining({
          name: 'NotAllowedError',
          message: expect.stringContaining(
            'operational-excellence.source.read',
          ),
        }),
      );
      await expect(
        visibility.ofService('component:default/payments', alice, serviceRead),
      ).rejects.toThrow('operational-excellence.service.read');
      expect(requests).toEqual([]);
    });

    it('takes conditions on a permission that cannot have any for a refusal', async () => {
      const { policy, visibility } = create(allow);
      policy.become(() => conditional());
      await expect(visibility.ofServices(alice, serviceRead)).rejects.toThrow(
        expect.objectContaining({ name: 'NotAllowedError' }),
      );
    });

    it('believes a decision for its time, for each permission apart', async () => {
      const { clock, policy, visibility } = create(allow);
      await visibility.ofServices(alice, serviceRead);
      await visibility.ofServices(alice, serviceRead);
      await visibility.ofServices(alice, sourceRead);
      expect(policy.requests).toHaveLength(2);
      policy.become(() => deny);
      clock.now += 5_000;
      await expect(visibility.ofServices(alice, serviceRead)).rejects.toThrow(
        'operational-excellence.service.read',
      );
    });

    it('decides in one request what a caller sees of a service and may change there', async () => {
      const { policy, requests, visibility } = create(conditional());
      const service = await visibility.ofServiceToChange(
        { permission: improvementCreate, entityRef: PAYMENTS },
        alice,
        serviceRead,
      );
      expect(service.visible).toEqual({
        kind: 'only',
        entityRefs: new Set([PAYMENTS]),
      });
      expect(() => service.authorize()).not.toThrow();
      expect(policy.requests).toEqual([
        {
          caller: 'user:default/alice',
          permissions: [
            'operational-excellence.service.read',
            'catalog.entity.read',
            'operational-excellence.improvement.create',
          ],
          resourceRefs: [PAYMENTS],
        },
      ]);
      expect(requests).toEqual([
        { caller: 'user:default/alice', operation: 'byRefs' },
      ]);
    });

    it('asks anew each time for a service that is to be changed', async () => {
      const { policy, visibility } = create(allow);
      const ask = () =>
        visibility.ofServiceToChange(
          { permission: improvementCreate, entityRef: PAYMENTS },
          alice,
          serviceRead,
        );
      await visibility.ofServices(alice, serviceRead);
      await ask();
      policy.become(permission =>
        permission === improvementCreate.name ? deny : allow,
      );
      const service = await ask();
      expect(service.visible).toEqual({ kind: 'all' });
      expect(() => service.authorize()).toThrow(
        expect.objectContaining({
          name: 'NotAllowedError',
          message: expect.stringContaining(
            `operational-excellence.improvement.create for ${PAYMENTS}`,
          ),
        }),
      );
      policy.become(() => deny);
      await expect(ask()).rejects.toThrow(
        'operational-excellence.service.read',
      );
    });

    it('takes conditions that nobody applied for a refusal', async () => {
      const { policy, visibility } = create(allow);
      policy.become(permission =>
        permission === improvementCreate.name ? conditional() : allow,
      );
      const service = await visibility.ofServiceToChange(
        { permission: improvementCreate, entityRef: PAYMENTS },
        alice,
        serviceRead,
      );
      expect(() => service.authorize()).toThrow('improvement.create');
    });

    it('asks each time before something is changed', async () => {
      const { policy, visibility } = create(allow);
      await visibility.authorize(alice, sourceSync);
      await visibility.authorize(alice, sourceSync);
      expect(policy.requests).toHaveLength(2);
      policy.become(() => deny);
      await expect(visibility.authorize(alice, sourceSync)).rejects.toThrow(
        expect.objectContaining({ name: 'NotAllowedError' }),
      );
    });
  });

  describe('failures', () => {
    const failure = Object.assign(new Error('404 at http://internal:7007'), {
      statusCode: 404,
    });

    it.each(['ofServices', 'authorize'] as const)(
      'fails %s where the permission backend does, in words for the caller',
      async method => {
        const { logger, policy, visibility } = create(allow);
        policy.become(() => {
          throw failure;
        });
        const error = await visibility[method](alice, serviceRead).then(
          () => undefined,
          caught => caught,
        );
        expect(error).toMatchObject({
          name: 'ServiceUnavailableError',
          message:
            'The permission backend could not be asked what you may see; try again later',
        });
        expect(JSON.stringify(error)).not.toContain('internal');
        expect(logger.error).toHaveBeenCalledWith(
          expect.stringContaining('404 at http://internal:7007'),
        );
      },
    );

    it('fails where the catalog does in the midst of a stream, and asks again next time', async () => {
      const { catalog, visibility } = create(conditional());
      const stream = jest.spyOn(catalog, 'streamEntities');
      stream.mockImplementationOnce(async function* broken() {
        yield [component('search')];
        throw failure;
      });
      await expect(visibility.ofServices(alice, serviceRead)).rejects.toThrow(
        expect.objectContaining({ name: 'ServiceUnavailableError' }),
      );
      await expect(
        visibility.ofServices(alice, serviceRead),
      ).resolves.toMatchObject({
        entityRefs: new Set([
          'component:default/payments',
          'component:default/checkout',
        ]),
      });
    });

    it('fails where the catalog cannot be asked for one entity', async () => {
      const { catalog, visibility } = create(conditional());
      jest.spyOn(catalog, 'getEntitiesByRefs').mockRejectedValueOnce(failure);
      await expect(
        visibility.ofService('component:default/payments', alice, serviceRead),
      ).rejects.toThrow(
        'The catalog could not be asked what you may see; try again later',
      );
    });
  });

  it('keeps a bounded number of references over all callers', async () => {
    const policy = new FakePolicy(permission =>
      permission === 'catalog.entity.read' ? conditional() : allow,
    );
    const entities = Array.from({ length: 200_000 }, (_, index) =>
      component(`service-${index}`),
    );
    let streams = 0;
    const { catalog } = fakeCatalog({ entities: [], readableBy: () => [] });
    jest
      .spyOn(catalog, 'streamEntities')
      .mockImplementation(async function* everything() {
        streams += 1;
        yield entities;
      });
    const visibility = VisibilityService.create({
      catalog,
      permissions: policy,
      logger: mockServices.logger.mock(),
      filter: { kind: 'Component' },
      decisionsFor: 5_000,
      servicesFor: 30_000,
    });
    const callers = ['alice', 'bob', 'carol'].map(name =>
      mockCredentials.user(`user:default/${name}`),
    );
    for (const caller of callers) {
      await visibility.ofServices(caller, serviceRead);
    }
    await visibility.ofServices(callers[2], serviceRead);
    expect(streams).toBe(3);
    await visibility.ofServices(callers[0], serviceRead);
    expect(streams).toBe(4);
  });
});
