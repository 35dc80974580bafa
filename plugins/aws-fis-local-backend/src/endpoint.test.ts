import { TestDatabases } from '@backstage/backend-test-utils';
import {
  ExperimentAnswer,
  FisClient,
  templateRequest,
  uniqueToken,
} from './__testUtils__/FisClient';
import {
  START,
  TestDatabase,
  TestEndpoint,
} from './__testUtils__/startEndpoint';
import { AwsFisLocalConfig } from './config';

const ALARM = 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:errors high';
const WITH_ALARM = {
  stopConditions: [{ source: 'aws:cloudwatch:alarm', value: ALARM }],
};

/** When the first action begins, and how long both take, seconds. */
const UNTIL_RUNNING = 6;
const TWO_ACTIONS = 120;

jest.setTimeout(60_000);

describe('the local FIS endpoint', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  describe.each(databases.eachSupportedId())('on %p', databaseId => {
    let db: TestDatabase;
    let endpoint: TestEndpoint;
    let fis: FisClient;

    beforeAll(async () => {
      db = await databases.init(databaseId);
    });

    async function start(config?: Partial<AwsFisLocalConfig>) {
      endpoint = await TestEndpoint.start(db, config);
      fis = endpoint.client();
    }

    async function listAll<T>(path: string, key: string): Promise<T[]> {
      const items: T[] = [];
      let nextToken: string | undefined;
      do {
        const url = nextToken
          ? `${path}&nextToken=${encodeURIComponent(nextToken)}`
          : path;
        const body = await fis.ok<Record<string, T[]> & { nextToken?: string }>(
          'GET',
          url,
        );
        items.push(...body[key]);
        nextToken = body.nextToken;
      } while (nextToken);
      return items;
    }

    afterEach(async () => {
      await endpoint.close();
      for (const table of [
        'experiments',
        'templates',
        'alarms',
        'safety_levers',
      ]) {
        await db(table).delete();
      }
    });

    describe('experiment templates', () => {
      beforeEach(() => start());

      it('creates, reads, updates and deletes them', async () => {
        const request = templateRequest({ tags: { Name: 'Zone a' } });
        const { experimentTemplate: created } = await fis.ok<{
          experimentTemplate: { id: string };
        }>('POST', '/experimentTemplates', request);
        const { clientToken: _, ...definition } = request;
        expect(created).toEqual({
          ...definition,
          id: expect.stringMatching(/^EXT\w{15}$/),
          arn: `arn:aws:fis:eu-west-1:123456789012:experiment-template/${created.id}`,
          creationTime: START / 1000,
          lastUpdateTime: START / 1000,
          experimentOptions: {
            accountTargeting: 'single-account',
            emptyTargetResolutionMode: 'fail',
          },
          targetAccountConfigurationsCount: 0,
        });

        endpoint.pass(1.5);
        await fis.ok('PATCH', `/experimentTemplates/${created.id}`, {
          description: 'Loss of zone a',
          experimentOptions: { emptyTargetResolutionMode: 'skip' },
        });
        await expect(
          fis.ok('GET', `/experimentTemplates/${created.id}`),
        ).resolves.toEqual({
          experimentTemplate: {
            ...created,
            description: 'Loss of zone a',
            lastUpdateTime: START / 1000 + 1.5,
            experimentOptions: {
              accountTargeting: 'single-account',
              emptyTargetResolutionMode: 'skip',
            },
          },
        });
        await expect(fis.ok('GET', '/experimentTemplates')).resolves.toEqual({
          experimentTemplates: [
            {
              id: created.id,
              arn: expect.stringContaining(created.id),
              description: 'Loss of zone a',
              creationTime: START / 1000,
              lastUpdateTime: START / 1000 + 1.5,
              tags: { Name: 'Zone a' },
            },
          ],
        });

        await fis.ok('DELETE', `/experimentTemplates/${created.id}`);
        await expect(
          fis.call('GET', `/experimentTemplates/${created.id}`),
        ).resolves.toMatchObject({
          status: 404,
          errorType: 'ResourceNotFoundException',
        });
      });

      it('creates one template for one client token', async () => {
        const request = templateRequest();
        const ids = await Promise.all(
          [1, 2, 3].map(() => fis.createTemplate(request)),
        );
        expect(new Set(ids).size).toBe(1);
        await expect(
          fis.call('POST', '/experimentTemplates', {
            ...request,
            description: 'Another one',
          }),
        ).resolves.toMatchObject({
          status: 409,
          errorType: 'ConflictException',
        });
      });

      it.each<[string, object, RegExp]>([
        ['no actions', { actions: {} }, /at least one action/],
        ['no role', { roleArn: undefined }, /roleArn/],
        [
          'an unknown target',
          {
            actions: {
              a: { actionId: 'aws:ec2:stop-instances', targets: { I: 'no' } },
            },
          },
          /unknown target no/,
        ],
        [
          'actions in a circle',
          {
            actions: {
              a: { actionId: 'aws:ec2:stop-instances', startAfter: ['b'] },
              b: { actionId: 'aws:ec2:stop-instances', startAfter: ['a'] },
            },
          },
          /starts after itself/,
        ],
        [
          'an action that waits for no action',
          {
            actions: {
              a: { actionId: 'aws:ec2:stop-instances', startAfter: ['x'] },
            },
          },
          /unknown action x/,
        ],
        [
          'a missing parameter',
          { actions: { a: { actionId: 'aws:fis:wait' } } },
          /lacks the parameter duration/,
        ],
        [
          'a duration that is none',
          {
            actions: {
              a: { actionId: 'aws:fis:wait', parameters: { duration: '5m' } },
            },
          },
          /not an ISO 8601/,
        ],
        [
          'more than twelve hours',
          {
            actions: {
              a: {
                actionId: 'aws:fis:wait',
                parameters: { duration: 'PT12H1M' },
              },
            },
          },
          /12 hours/,
        ],
        [
          'an alarm without ARN',
          { stopConditions: [{ source: 'aws:cloudwatch:alarm' }] },
          /ARN of the alarm/,
        ],
        ['a tag of AWS', { tags: { 'aws:owner': 'x' } }, /aws:/],
        [
          'a target of nothing',
          {
            targets: {
              subnets: {
                resourceType: 'aws:ec2:subnet',
                selectionMode: 'ALL',
              },
            },
          },
          /at least one resource ARN or resource tag/,
        ],
      ])('refuses %s', async (_, changes, message) => {
        const answer = await fis.call<{ message: string }>(
          'POST',
          '/experimentTemplates',
          templateRequest(changes),
        );
        expect(answer).toMatchObject({
          status: 400,
          errorType: 'ValidationException',
        });
        expect(answer.body.message).toMatch(message);
      });
    });

    describe('experiments', () => {
      beforeEach(() => start());

      it('go through their states', async () => {
        const templateId = await fis.createTemplate();
        const { id, state, arn, creationTime } = await fis.start(templateId, {
          tags: { Name: 'Game day' },
        });
        expect(state.status).toBe('pending');
        expect(creationTime).toBe(START / 1000);
        const situations = [];
        for (const seconds of [0.35, UNTIL_RUNNING, TWO_ACTIONS / 2, 60]) {
          endpoint.pass(seconds);
          const { state: now, actions } = await fis.experiment(id);
          situations.push([
            now.status,
            actions.first.state.status,
            actions.second.state.status,
          ]);
        }
        expect(situations).toEqual([
          ['initiating', 'pending', 'pending'],
          ['running', 'running', 'pending'],
          ['running', 'completed', 'running'],
          ['completed', 'completed', 'completed'],
        ]);
        const ended = await fis.experiment(id);
        expect(ended).toMatchObject({
          experimentTemplateId: templateId,
          roleArn: 'arn:aws:iam::123456789012:role/fis',
          state: { reason: 'Experiment completed.' },
          startTime: START / 1000 + 0.35,
          endTime: START / 1000 + 5.35 + TWO_ACTIONS,
          actions: { first: { startTime: START / 1000 + 5.35 } },
          experimentOptions: { actionsMode: 'run-all' },
          tags: { Name: 'Game day' },
        });
        await expect(fis.ok('GET', '/experiments')).resolves.toEqual({
          experiments: [
            {
              id,
              arn,
              experimentTemplateId: templateId,
              state: { status: 'completed', reason: 'Experiment completed.' },
              creationTime,
              tags: { Name: 'Game day' },
              experimentOptions: {
                accountTargeting: 'single-account',
                emptyTargetResolutionMode: 'fail',
                actionsMode: 'run-all',
              },
            },
          ],
        });
      });

      it('are not changed by what becomes of their template', async () => {
        const templateId = await fis.createTemplate();
        const { id } = await fis.start(templateId);
        await fis.ok('PATCH', `/experimentTemplates/${templateId}`, {
          actions: { only: { actionId: 'aws:ec2:stop-instances' } },
        });
        await fis.ok('DELETE', `/experimentTemplates/${templateId}`);
        expect(Object.keys((await fis.experiment(id)).actions)).toEqual([
          'first',
          'second',
        ]);
      });

      it('start once for one client token', async () => {
        const templateId = await fis.createTemplate();
        const request = { clientToken: uniqueToken() };
        const started = await Promise.all(
          [1, 2, 3].map(() => fis.start(templateId, request)),
        );
        expect(new Set(started.map(({ id }) => id)).size).toBe(1);
        await expect(
          fis.call('POST', '/experiments', {
            ...request,
            experimentTemplateId: templateId,
            experimentOptions: { actionsMode: 'skip-all' },
          }),
        ).resolves.toMatchObject({
          status: 409,
          errorType: 'ConflictException',
        });
      });

      it('run dry', async () => {
        const { id } = await fis.start(await fis.createTemplate(), {
          experimentOptions: { actionsMode: 'skip-all' },
        });
        endpoint.pass(UNTIL_RUNNING);
        const ended = await fis.experiment(id);
        expect(ended).toMatchObject({
          state: { status: 'completed' },
          experimentOptions: { actionsMode: 'skip-all' },
          actions: {
            first: { state: { status: 'skipped' } },
            second: { state: { status: 'skipped' } },
          },
        });
        expect(ended.actions.first).not.toHaveProperty('startTime');
      });

      it('fail where a target is empty, unless it may be', async () => {
        const targets = {
          subnets: {
            resourceType: 'aws:ec2:subnet',
            resourceTags: { 'fis-local/resolves-to': '0' },
            selectionMode: 'ALL',
          },
        };
        const failing = await fis.start(await fis.createTemplate({ targets }));
        const skipping = await fis.start(
          await fis.createTemplate({
            targets,
            experimentOptions: { emptyTargetResolutionMode: 'skip' },
          }),
        );
        endpoint.pass(UNTIL_RUNNING + TWO_ACTIONS);
        expect(await fis.experiment(failing.id)).toMatchObject({
          state: {
            status: 'failed',
            error: {
              accountId: '123456789012',
              code: 'InvalidTarget',
              location: 'targets.subnets',
            },
          },
        });
        expect(await fis.experiment(skipping.id)).toMatchObject({
          state: { status: 'completed' },
          actions: { second: { state: { status: 'skipped' } } },
        });
      });

      it('fail with an action that is told to', async () => {
        const templateId = await fis.createTemplate();
        const tags = { 'fis-local/failing-action': 'first' };
        const { id } = await fis.start(templateId, { tags });
        endpoint.pass(UNTIL_RUNNING + TWO_ACTIONS);
        expect(await fis.experiment(id)).toMatchObject({
          state: { status: 'failed', error: { location: 'actions.first' } },
          actions: {
            first: { state: { status: 'failed' } },
            second: { state: { status: 'cancelled' } },
          },
        });
      });

      it('stop on request', async () => {
        const { id } = await fis.start(await fis.createTemplate());
        endpoint.pass(UNTIL_RUNNING);
        const { experiment } = await fis.ok<{ experiment: ExperimentAnswer }>(
          'DELETE',
          `/experiments/${id}`,
        );
        expect(experiment.state.status).toBe('stopping');
        endpoint.pass(2);
        expect(await fis.experiment(id)).toMatchObject({
          state: { status: 'stopped', reason: 'Experiment stopped.' },
          endTime: endpoint.now / 1000,
        });
        await expect(
          fis.call('DELETE', `/experiments/${id}`),
        ).resolves.toMatchObject({
          status: 400,
          errorType: 'ValidationException',
        });
      });

      it('are forgotten 120 days after their end', async () => {
        const { id } = await fis.start(await fis.createTemplate());
        endpoint.pass(120 * 86_400);
        await fis.experiment(id);
        endpoint.pass(UNTIL_RUNNING + TWO_ACTIONS);
        await expect(
          fis.call('GET', `/experiments/${id}`),
        ).resolves.toMatchObject({ status: 404 });
        await expect(fis.ok('GET', '/experiments')).resolves.toEqual({
          experiments: [],
        });
      });
    });

    describe('guardrails', () => {
      beforeEach(() => start());

      const putAlarm = (state: string) =>
        fis.ok('PUT', '/local/alarms', { alarmArn: ALARM, state });

      it('stops what an alarm is a stop condition of', async () => {
        const guarded = await fis.start(await fis.createTemplate(WITH_ALARM));
        const other = await fis.start(await fis.createTemplate());
        endpoint.pass(UNTIL_RUNNING);
        await putAlarm('OK');
        expect((await fis.experiment(guarded.id)).state.status).toBe('running');
        await putAlarm('ALARM');
        endpoint.pass(2);
        expect((await fis.experiment(guarded.id)).state).toEqual({
          status: 'stopped',
          reason: 'Experiment halted by stop condition.',
        });
        expect((await fis.experiment(other.id)).state.status).toBe('running');
      });

      it('stops at once what starts while the alarm is on', async () => {
        await putAlarm('ALARM');
        const { id } = await fis.start(await fis.createTemplate(WITH_ALARM));
        endpoint.pass(UNTIL_RUNNING);
        expect(await fis.experiment(id)).toMatchObject({
          state: { status: 'stopped' },
          actions: { first: { state: { status: 'cancelled' } } },
        });
      });

      it('stops and refuses experiments while the safety lever is engaged', async () => {
        const setLever = (status: string) =>
          fis.call('PATCH', '/safetyLevers/default/state', {
            state: { status, reason: 'Peak season' },
          });
        const lever = () => fis.ok('GET', '/safetyLevers/default');
        const arn = 'arn:aws:fis:eu-west-1:123456789012:safety-lever/default';
        await expect(lever()).resolves.toEqual({
          safetyLever: { id: 'default', arn, state: { status: 'disengaged' } },
        });

        const templateId = await fis.createTemplate();
        const running = await fis.start(templateId);
        endpoint.pass(UNTIL_RUNNING);
        await expect(setLever('engaged')).resolves.toMatchObject({
          body: { safetyLever: { state: { status: 'engaging' } } },
        });
        endpoint.pass(2);
        await expect(lever()).resolves.toMatchObject({
          safetyLever: { state: { status: 'engaged', reason: 'Peak season' } },
        });
        expect((await fis.experiment(running.id)).state).toEqual({
          status: 'stopped',
          reason: 'Experiment stopped by safety lever.',
        });

        const refused = await fis.start(templateId);
        endpoint.pass(1);
        const cancelled = await fis.experiment(refused.id);
        expect(cancelled.state.status).toBe('cancelled');
        expect(cancelled.startTime).toBeUndefined();

        await expect(setLever('engaged')).resolves.toMatchObject({
          status: 409,
          errorType: 'ConflictException',
        });
        await setLever('disengaged');
        const allowed = await fis.start(templateId);
        endpoint.pass(UNTIL_RUNNING);
        expect((await fis.experiment(allowed.id)).state.status).toBe('running');
      });
    });

    describe('quotas', () => {
      beforeEach(() =>
        start({ quotas: { activeExperiments: 2, experimentTemplates: 1 } }),
      );

      it('allows so many active experiments, also when they start together', async () => {
        const templateId = await fis.createTemplate();
        const answers = await Promise.all(
          [1, 2, 3, 4].map(() =>
            fis.call('POST', '/experiments', {
              clientToken: uniqueToken(),
              experimentTemplateId: templateId,
            }),
          ),
        );
        expect(answers.map(({ status }) => status).sort()).toEqual([
          200, 200, 402, 402,
        ]);
        expect(answers.find(({ status }) => status === 402)).toMatchObject({
          errorType: 'ServiceQuotaExceededException',
        });
        endpoint.pass(UNTIL_RUNNING + TWO_ACTIONS);
        await fis.start(templateId);
      });

      it('allows so many templates', async () => {
        await fis.createTemplate();
        await expect(
          fis.call('POST', '/experimentTemplates', templateRequest()),
        ).resolves.toMatchObject({
          status: 402,
          errorType: 'ServiceQuotaExceededException',
        });
        // Another account and Region have their own.
        await endpoint.client({ region: 'us-east-1' }).createTemplate();
      });
    });

    describe('lists', () => {
      beforeEach(() =>
        start({ quotas: { activeExperiments: 100, experimentTemplates: 100 } }),
      );

      it('come in pages, each item once', async () => {
        const templateId = await fis.createTemplate();
        const otherId = await fis.createTemplate();
        const ids: string[] = [];
        for (let count = 0; count < 7; count++) {
          ids.push((await fis.start(templateId)).id);
        }
        const other = await fis.start(otherId);

        const all = await listAll<{ id: string }>(
          '/experiments?maxResults=3',
          'experiments',
        );
        expect(all.map(({ id }) => id).sort()).toEqual(
          [...ids, other.id].sort(),
        );
        const some = await listAll<{ id: string }>(
          `/experiments?maxResults=7&experimentTemplateId=${templateId}`,
          'experiments',
        );
        expect(some.map(({ id }) => id).sort()).toEqual([...ids].sort());
        const templates = await listAll<{ id: string }>(
          '/experimentTemplates?maxResults=1',
          'experimentTemplates',
        );
        expect(templates.map(({ id }) => id).sort()).toEqual(
          [templateId, otherId].sort(),
        );
      });

      it('refuse a token of another list, and one that is none', async () => {
        const templateId = await fis.createTemplate();
        await fis.createTemplate();
        const { nextToken } = await fis.ok<{ nextToken: string }>(
          'GET',
          '/experimentTemplates?maxResults=1',
        );
        for (const path of [
          `/experiments?nextToken=${nextToken}`,
          '/experimentTemplates?nextToken=abc',
          '/experimentTemplates?maxResults=0',
          '/experimentTemplates?maxResults=101',
          '/experimentTemplates?maxResults=many',
        ]) {
          await expect(fis.call('GET', path)).resolves.toMatchObject({
            status: 400,
            errorType: 'ValidationException',
          });
        }
        await expect(
          endpoint
            .client({ region: 'us-east-1' })
            .call('GET', `/experimentTemplates?nextToken=${nextToken}`),
        ).resolves.toMatchObject({ status: 400 });
        await fis.start(templateId);
      });

      it('tell some of the actions of FIS', async () => {
        const ids = await listAll<{ id: string }>(
          '/actions?maxResults=5',
          'actions',
        );
        expect(ids.map(({ id }) => id)).toContain('aws:fis:wait');
        await expect(
          fis.ok('GET', '/actions/aws:fis:wait'),
        ).resolves.toMatchObject({
          action: { parameters: { duration: { required: true } } },
        });
        await expect(
          fis.call('GET', '/actions/aws:fis:nothing'),
        ).resolves.toMatchObject({ status: 404 });
      });
    });

    describe('tags', () => {
      beforeEach(() => start());

      it('can be changed, on experiments and on templates', async () => {
        const templateId = await fis.createTemplate({ tags: { team: 'a' } });
        const { arn, id } = await fis.start(templateId, { tags: { k: 'v' } });
        const path = `/tags/${encodeURIComponent(arn)}`;
        await fis.ok('POST', path, { tags: { 'a b': '1', 'c/d': '2' } });
        await fis.ok('DELETE', `${path}?tagKeys=k&tagKeys=a%20b`);
        await expect(fis.ok('GET', path)).resolves.toEqual({
          tags: { 'c/d': '2' },
        });
        expect(await fis.experiment(id)).toMatchObject({
          tags: { 'c/d': '2' },
        });

        const templateArn = arn.replace(
          /experiment\/.*/,
          `experiment-template/${templateId}`,
        );
        // The slash may come as it is.
        await fis.ok('POST', `/tags/${templateArn}`, { tags: { team: 'b' } });
        await expect(fis.ok('GET', `/tags/${templateArn}`)).resolves.toEqual({
          tags: { team: 'b' },
        });
      });

      it('are at most 50', async () => {
        const { arn } = await fis.start(await fis.createTemplate());
        const tags = Object.fromEntries(
          Array.from({ length: 30 }, (_, index) => [`first${index}`, '']),
        );
        const more = Object.fromEntries(
          Array.from({ length: 30 }, (_, index) => [`second${index}`, '']),
        );
        const path = `/tags/${encodeURIComponent(arn)}`;
        await fis.ok('POST', path, { tags });
        await expect(
          fis.call('POST', path, { tags: more }),
        ).resolves.toMatchObject({ status: 400 });
      });

      it('are of nothing else', async () => {
        const path = (arn: string) => `/tags/${encodeURIComponent(arn)}`;
        await expect(
          fis.call('GET', path('arn:aws:s3:::bucket')),
        ).resolves.toMatchObject({ status: 400 });
        await expect(
          fis.call(
            'GET',
            path('arn:aws:fis:eu-west-1:123456789012:experiment/EXPnone'),
          ),
        ).resolves.toMatchObject({ status: 404 });
      });
    });

    describe('history', () => {
      beforeEach(() => start());

      const past = (changes: object = {}) => ({
        id: 'EXPpast1',
        experimentTemplateId: 'EXTpast1',
        state: { status: 'completed', reason: 'Experiment completed.' },
        actions: {
          stop: {
            actionId: 'aws:ec2:stop-instances',
            state: { status: 'completed' },
            startTime: START / 1000 - 3000.5,
            endTime: START / 1000 - 2000,
          },
        },
        creationTime: START / 1000 - 3600,
        startTime: START / 1000 - 3599.75,
        endTime: START / 1000 - 1800,
        tags: { Name: 'Last year' },
        experimentOptions: { actionsMode: 'run-all' },
        ...changes,
      });
      const add = (experiments: object[], more: object = {}) =>
        fis.call('POST', '/local/history', { experiments, ...more });

      it('takes experiments of the past, again and again', async () => {
        for (let repeat = 0; repeat < 2; repeat++) {
          await expect(add([past()])).resolves.toMatchObject({
            status: 200,
            body: { imported: 1 },
          });
        }
        const experiment = await fis.experiment('EXPpast1');
        const { tags, ...rest } = past();
        expect(experiment).toMatchObject({
          ...rest,
          tags,
          arn: 'arn:aws:fis:eu-west-1:123456789012:experiment/EXPpast1',
        });
        await expect(fis.ok('GET', '/experiments')).resolves.toMatchObject({
          experiments: [{ id: 'EXPpast1', state: { status: 'completed' } }],
        });
      });

      it('forgets them like others, unless they are retained', async () => {
        const year = 365 * 86_400;
        const times = {
          creationTime: START / 1000 - year,
          startTime: undefined,
          endTime: START / 1000 - year + 60,
        };
        await add([past(times)]);
        await add([past({ ...times, id: 'EXPkept' })], { retain: true });
        await expect(fis.ok('GET', '/experiments')).resolves.toMatchObject({
          experiments: [{ id: 'EXPkept' }],
        });
        // What is forgotten is deleted when the next experiment starts.
        await fis.start(await fis.createTemplate());
        await fis.experiment('EXPkept');
      });

      it.each<[string, object]>([
        ['a state that is not final', { state: { status: 'running' } }],
        ['an end to come', { endTime: START / 1000 + 1 }],
        ['an end before the start', { endTime: START / 1000 - 3600 }],
        ['an id with white space', { id: 'EXP 1' }],
      ])('refuses %s', async (_, changes) => {
        await expect(add([past(changes)])).resolves.toMatchObject({
          status: 400,
          errorType: 'ValidationException',
        });
      });

      it('adds all or none', async () => {
        await add([past(), past({ id: 'EXPbad', endTime: START })]);
        await expect(fis.ok('GET', '/experiments')).resolves.toEqual({
          experiments: [],
        });
      });

      it('does not overwrite what ran here, or elsewhere', async () => {
        const { id } = await fis.start(await fis.createTemplate());
        await expect(add([past({ id })])).resolves.toMatchObject({
          status: 409,
        });
        await add([past()]);
        await expect(
          endpoint
            .client({ region: 'us-east-1' })
            .call('POST', '/local/history', { experiments: [past()] }),
        ).resolves.toMatchObject({ status: 409 });
      });
    });

    it('goes on where it was after a restart', async () => {
      await start();
      const { id } = await fis.start(await fis.createTemplate());
      endpoint.pass(UNTIL_RUNNING);
      const before = await fis.experiment(id);
      const { now } = endpoint;
      await endpoint.close();

      await start({ timeScale: 1000 });
      endpoint.now = now;
      await expect(fis.experiment(id)).resolves.toEqual(before);
    });
  });
});
