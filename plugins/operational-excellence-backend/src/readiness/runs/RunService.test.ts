import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { policySchema } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { TestStore } from '../../database/__testUtils__/TestStore';
import { StatusUpdater } from '../../status';
import {
  component,
  fakeCatalog,
} from '../../visibility/__testUtils__/fakeCatalog';
import { parseTemplate, TemplateStore } from '../templates';
import { RunContents } from './RunContents';
import { RunService } from './RunService';
import { RunStarter } from './RunStarter';
import { RunStore } from './RunStore';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

jest.setTimeout(60_000);

const ENTITY_REF = 'component:default/payments';
const BY = 'user:default/alice';

const TEMPLATE = parseTemplate(`id: small
version: '1'
title: Small
validFor: P1M
sections:
  - title: All
    items:
      - { id: alarms, question: Are there alarms?, risk: high }
`);

const POLICY = policySchema.parse({
  id: 'all',
  readinessTest: { templates: ['small'], every: 'P1Y' },
});

describe.each(databases.eachSupportedId())('RunService on %s', databaseId => {
  let db: Knex;
  let serviceId: number;
  let status: StatusUpdater;

  beforeAll(async () => {
    db = await databases.init(databaseId);
    const store = await TestStore.create(db);
    serviceId = await store.addService({ name: 'payments', policy: 'all' });
    await db.transaction(tx =>
      TemplateStore.create().put(tx, TEMPLATE, {
        source: 'small.yaml',
        readAt: 1,
      }),
    );
  });

  beforeEach(async () => {
    await db('readiness_runs').delete();
    await db('readiness_tests').delete();
    status = StatusUpdater.create({
      policies: [POLICY],
      experimentSourceIds: [],
    });
    await db.transaction(tx => status.recompute(tx, [serviceId]));
  });

  function serviceAt(now: () => number, catalogFails = false) {
    const { catalog } = fakeCatalog({
      entities: [component('payments')],
      readableBy: () => {
        if (catalogFails) throw new Error('down');
        return [ENTITY_REF];
      },
    });
    const runs = RunStore.create();
    return RunService.create({
      contents: RunContents.create(),
      db,
      runs,
      starter: RunStarter.create({
        auth: mockServices.auth(),
        catalog,
        logger: mockServices.logger.mock(),
        runs,
        templates: TemplateStore.create(),
      }),
      status,
      now,
    });
  }

  /** A test of which all is answered. */
  async function answered(service: RunService) {
    const { id } = await service.begin(
      { key: 'key', entityRef: ENTITY_REF, template: 'small' },
      { serviceId, by: BY },
    );
    await service.answer(
      id,
      'alarms',
      { version: 0, value: 'no', note: null, evidence: [] },
      { by: BY },
    );
    return id;
  }

  const finish = (service: RunService, id: string) =>
    service.finish(id, { by: BY, summary: null, version: 1 });

  it('writes a result and the status, or neither of them', async () => {
    const service = serviceAt(() => Date.UTC(2026, 0, 31));
    const id = await answered(service);
    const recompute = jest
      .spyOn(status, 'recompute')
      .mockRejectedValueOnce(new Error('the process died here'));
    await expect(finish(service, id)).rejects.toThrow('the process died here');
    expect(recompute).toHaveBeenCalledTimes(1);
    expect(await db('readiness_tests')).toEqual([]);
    expect(await db('readiness_runs').first()).toMatchObject({
      state: 'open',
      version: 1,
      verdict: null,
    });
    expect(await db('service_status').first()).toMatchObject({
      readiness_verdict: null,
    });

    await finish(service, id);
    expect(await db('readiness_tests').pluck('id')).toEqual([id]);
    expect(await db('service_status').first()).toMatchObject({
      readiness_verdict: 'fail',
    });
  });

  it('counts months of validity by the calendar', async () => {
    const service = serviceAt(() => Date.UTC(2026, 0, 31));
    const id = await answered(service);
    await finish(service, id);
    const { valid_until: validUntil } = await db('readiness_tests').first();
    expect(Number(validUntil)).toBe(Date.UTC(2026, 1, 28));
  });

  it('becomes overdue when its validity ends', async () => {
    const start = Date.UTC(2026, 0, 31);
    const service = serviceAt(() => start);
    const id = await answered(service);
    await service.answer(
      id,
      'alarms',
      { version: 1, value: 'yes', note: null, evidence: [] },
      { by: BY },
    );
    await finish(service, id);
    const { readiness_due_at: dueAt } = await db('service_status').first();
    expect(Number(dueAt)).toBe(Date.UTC(2026, 1, 28));
  });

  it('does not begin a test of which it cannot tell what applies', async () => {
    const service = serviceAt(() => 1, true);
    await expect(
      service.begin(
        { key: 'key', entityRef: ENTITY_REF, template: 'small' },
        { serviceId, by: BY },
      ),
    ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
    expect(await db('readiness_runs')).toEqual([]);
  });

  it('keeps text without what nobody sees', async () => {
    const service = serviceAt(() => 1);
    const id = await answered(service);
    expect(
      await service.answer(
        id,
        'alarms',
        {
          version: 1,
          value: 'yes',
          note: ' \u0000\u202e',
          evidence: [{ title: 'a\nb', url: 'HTTPS://Example.com' }],
        },
        { by: BY },
      ),
    ).toMatchObject({
      note: null,
      evidence: [{ title: 'a b', url: 'https://example.com/' }],
    });
  });
});
