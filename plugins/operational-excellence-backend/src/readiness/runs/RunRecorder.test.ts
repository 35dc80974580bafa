import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { policySchema } from 'backstage-plugin-operational-excellence-common';
import { ReadinessRunRecord } from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import { TestStore } from '../../database/__testUtils__/TestStore';
import { StatusUpdater } from '../../status';
import {
  component,
  fakeCatalog,
} from '../../visibility/__testUtils__/fakeCatalog';
import { parseTemplate, TemplateStore } from '../templates';
import { RunContents } from './RunContents';
import { RunRecorder } from './RunRecorder';
import { RunStarter } from './RunStarter';
import { RunStore } from './RunStore';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

jest.setTimeout(60_000);

const ENTITY_REF = 'component:default/payments';
const BY = 'user:default/alice';
const NOW = Date.UTC(2026, 5, 30);
const STARTED_AT = Date.UTC(2026, 0, 31, 9);
const PERFORMED_AT = Date.UTC(2026, 0, 31, 10);

const content = (options: { id: string; signOff: boolean }) =>
  parseTemplate(`id: ${options.id}
version: '1'
title: Small
validFor: P1M
signOff: ${options.signOff}
sections:
  - title: All
    items:
      - { id: alarms, question: Are there alarms?, risk: high, evidence: required }
      - { id: graphs, question: Are there graphs?, risk: low }
`);

const POLICY = policySchema.parse({
  id: 'all',
  readinessTest: { templates: ['small'], every: 'P1Y' },
});

const ALARMS = {
  itemId: 'alarms',
  value: 'yes' as const,
  note: null,
  evidence: [{ title: 'Alarms', url: 'https://wiki.example/alarms' }],
  answeredBy: 'user:default/bob',
  answeredAt: STARTED_AT + 1,
};

const GRAPHS = {
  itemId: 'graphs',
  value: 'no' as const,
  note: 'None so far',
  evidence: [],
  answeredBy: BY,
  answeredAt: STARTED_AT + 2,
};

const RUN: ReadinessRunRecord = {
  key: 'recorded-1',
  performedBy: BY,
  entityRef: ENTITY_REF,
  template: 'small',
  startedAt: STARTED_AT,
  answers: [ALARMS, GRAPHS],
  finished: { performedAt: PERFORMED_AT, summary: 'Nearly' },
};

describe.each(databases.eachSupportedId())('RunRecorder on %s', databaseId => {
  let db: Knex;
  let serviceId: number;
  let recorder: RunRecorder;

  beforeAll(async () => {
    db = await databases.init(databaseId);
    const store = await TestStore.create(db);
    serviceId = await store.addService({ name: 'payments', policy: 'all' });
    const templates = TemplateStore.create();
    await db.transaction(async tx => {
      for (const options of [
        { id: 'small', signOff: false },
        { id: 'signed', signOff: true },
      ]) {
        await templates.put(tx, content(options), {
          source: `${options.id}.yaml`,
          readAt: 1,
        });
      }
    });
    const { catalog } = fakeCatalog({
      entities: [component('payments'), component('unheard-of')],
      readableBy: () => [ENTITY_REF, 'component:default/unheard-of'],
    });
    const runs = RunStore.create();
    recorder = RunRecorder.create({
      contents: RunContents.create(),
      db,
      runs,
      starter: RunStarter.create({
        auth: mockServices.auth(),
        catalog,
        logger: mockServices.logger.mock(),
        runs,
        templates,
      }),
      status: StatusUpdater.create({
        policies: [POLICY],
        experimentSourceIds: [],
      }),
      now: () => NOW,
    });
  });

  beforeEach(async () => {
    await db('readiness_runs').delete();
    await db('readiness_tests').delete();
  });

  const storedRun = (id: string) => db('readiness_runs').where({ id }).first();

  const answersOf = (id: string) =>
    db('readiness_answers').where({ run_id: id }).orderBy('item_id');

  it('finds what a test came to, and lets it count at once', async () => {
    const id = await recorder.record(RUN);
    const run = await storedRun(id);
    expect({
      ...run,
      performed_at: Number(run.performed_at),
      started_at: Number(run.started_at),
      valid_until: Number(run.valid_until),
    }).toMatchObject({
      service_id: serviceId,
      state: 'finished',
      verdict: 'conditional',
      summary: 'Nearly',
      started_by: BY,
      started_at: STARTED_AT,
      performed_by: BY,
      performed_at: PERFORMED_AT,
      valid_until: Date.UTC(2026, 1, 28, 10),
    });
    const [alarms, graphs] = await answersOf(id);
    expect(alarms).toMatchObject({
      item_id: 'alarms',
      version: 1,
      value: 'yes',
      answered_by: 'user:default/bob',
      evidence: JSON.stringify(ALARMS.evidence),
    });
    expect(graphs).toMatchObject({ value: 'no', note: 'None so far' });
    expect(await db('readiness_tests').select('id', 'verdict')).toEqual([
      { id, verdict: 'conditional' },
    ]);
    expect(
      await db('service_status').where({ service_id: serviceId }).first(),
    ).toMatchObject({ readiness_verdict: 'conditional' });
  });

  it('leaves open what is still being answered', async () => {
    const id = await recorder.record({
      ...RUN,
      answers: [GRAPHS],
      finished: null,
    });
    expect(await storedRun(id)).toMatchObject({
      state: 'open',
      version: 1,
      verdict: null,
      performed_at: null,
    });
    expect(await answersOf(id)).toHaveLength(1);
    expect(await db('readiness_tests')).toEqual([]);
  });

  it('awaits the sign-off that a template asks for', async () => {
    const id = await recorder.record({ ...RUN, template: 'signed' });
    expect(await storedRun(id)).toMatchObject({
      state: 'awaiting-sign-off',
      verdict: 'conditional',
    });
    expect(await db('readiness_tests')).toEqual([]);
  });

  it('records one test per key, also at the same time', async () => {
    const again = { ...RUN, answers: [GRAPHS, ALARMS] };
    const [first, second] = await Promise.all([
      recorder.record(RUN),
      recorder.record(again),
    ]);
    expect(second).toBe(first);
    expect(await recorder.record(again)).toBe(first);
    expect(await db('readiness_runs')).toHaveLength(1);
    expect(await db('readiness_tests')).toHaveLength(1);
    await expect(
      recorder.record({
        ...RUN,
        answers: [ALARMS, { ...GRAPHS, value: 'yes' }],
      }),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('The key was already used'),
    });
  });

  it.each<[string, Partial<ReadinessRunRecord>, string]>([
    [
      'an unknown item',
      { answers: [ALARMS, GRAPHS, { ...GRAPHS, itemId: 'lights' }] },
      'there is no item lights; known are alarms, graphs',
    ],
    [
      'an item that is answered twice',
      { answers: [ALARMS, GRAPHS, GRAPHS] },
      'The item graphs is answered twice',
    ],
    [
      'a missing answer',
      { answers: [ALARMS] },
      'cannot be finished yet: graphs (not answered)',
    ],
    [
      'missing evidence',
      { answers: [{ ...ALARMS, evidence: [] }, GRAPHS] },
      'cannot be finished yet: alarms (yes needs evidence)',
    ],
    [
      'evidence that is no web address',
      {
        answers: [
          {
            ...ALARMS,
            evidence: [{ title: 'Alarms', url: 'ftp://wiki.example/a' }],
          },
          GRAPHS,
        ],
      },
      'Invalid answer to alarms, evidence.0.url',
    ],
    [
      'an unknown template',
      { template: 'large' },
      'there is no template large; known are signed, small',
    ],
    [
      'an end before the begin',
      { finished: { performedAt: STARTED_AT - 1, summary: null } },
      'A readiness test cannot end before it begins',
    ],
    [
      'what is of the future',
      { answers: [ALARMS, { ...GRAPHS, answeredAt: NOW + 1 }] },
      'is of the future: 2026-06-30T00:00:00.001Z',
    ],
  ])('records nothing of a test with %s', async (_, change, message) => {
    await expect(recorder.record({ ...RUN, ...change })).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(message),
    });
    expect(await db('readiness_runs')).toEqual([]);
    expect(await db('readiness_answers')).toEqual([]);
  });

  it('knows no service that the portal does not', async () => {
    await expect(
      recorder.record({ ...RUN, entityRef: 'component:default/unheard-of' }),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});
