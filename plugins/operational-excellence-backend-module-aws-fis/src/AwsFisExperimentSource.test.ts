import { mockServices } from '@backstage/backend-test-utils';
import {
  Experiment,
  KnownExperiment,
  UpstreamError,
} from 'backstage-plugin-operational-excellence-node';
import { behaviours } from 'backstage-plugin-operational-excellence-node/testUtils';
import { createSource } from './__testUtils__/createSource';
import { MinimalFis } from './__testUtils__/MinimalFis';
import { AwsFisExperimentSource } from './AwsFisExperimentSource';

const { signal } = new AbortController();

/** The example of GetExperiment in the AWS CLI reference, and what it lacks. */
const DETAIL = {
  id: 'ABC12DeFGhI3jKLMNOP',
  arn: 'arn:aws:fis:us-west-2:123456789012:experiment/ABC12DeFGhI3jKLMNOP',
  experimentTemplateId: 'ABCDE1fgHIJkLmNop',
  roleArn: 'arn:aws:iam::123456789012:role/myRole',
  state: { status: 'completed', reason: 'Experiment completed.' },
  targets: {
    'Instances-Target-1': {
      resourceType: 'aws:ec2:instance',
      resourceArns: [
        'arn:aws:ec2:us-west-2:123456789012:instance/i-12a3b4c56d78e9012',
      ],
      selectionMode: 'ALL',
    },
  },
  actions: {
    reboot: {
      actionId: 'aws:ec2:reboot-instances',
      parameters: {},
      targets: { Instances: 'Instances-Target-1' },
      startAfter: ['wait'],
      state: { status: 'completed', reason: 'Action was completed.' },
      startTime: 1616432680.927,
      endTime: 1616432740.25,
    },
    wait: {
      actionId: 'aws:fis:wait',
      parameters: { duration: 'PT5M' },
      state: { status: 'completed', reason: 'Action was completed.' },
      startTime: 1616432525.611,
      endTime: 1616432680.5,
    },
  },
  stopConditions: [
    {
      source: 'aws:cloudwatch:alarm',
      value: 'arn:aws:cloudwatch:us-west-2:123456789012:alarm:errors',
    },
  ],
  creationTime: 1616432509.662,
  startTime: 1616432509.962,
  endTime: 1616432740.5,
  tags: { Name: 'Reboot', 'backstage.io/entity-ref': 'payments' },
  experimentOptions: {
    accountTargeting: 'single-account',
    emptyTargetResolutionMode: 'fail',
    actionsMode: 'run-all',
  },
  targetAccountConfigurationsCount: 0,
  experimentReportConfiguration: {
    outputs: { s3Configuration: { bucketName: 'reports' } },
  },
  experimentReport: { state: { status: 'completed' }, s3Reports: [] },
};

const summary = (id: string, changes: object = {}) => ({
  id,
  arn: `arn:aws:fis:eu-west-1:123456789012:experiment/${id}`,
  experimentTemplateId: 'EXT1',
  state: { status: 'completed' },
  creationTime: 1616432509.662,
  tags: {},
  ...changes,
});

describe('AwsFisExperimentSource', () => {
  let fis: MinimalFis;
  let source: AwsFisExperimentSource;

  beforeEach(async () => {
    fis = await MinimalFis.start();
    source = await createSource({ endpoint: fis.endpoint });
  });

  afterEach(async () => {
    await fis.close();
  });

  async function read(known: Record<string, KnownExperiment> = {}) {
    const experiments: Experiment[] = [];
    for await (const page of source.changes(source.scopes()[0], {
      signal,
      known: async ids =>
        new Map(ids.filter(id => known[id]).map(id => [id, known[id]])),
    })) {
      experiments.push(...page.experiments);
    }
    return experiments;
  }

  /** Makes these all that there is, on one page. */
  function give(...experiments: (Record<string, unknown> & { id: string })[]) {
    fis.experiments = { '': { items: experiments } };
    for (const experiment of experiments) {
      fis.details[experiment.id] = experiment;
    }
  }

  it('names an account and its Regions', async () => {
    const regional = await createSource({
      endpoint: fis.endpoint,
      regions: ['eu-west-1', 'us-gov-west-1'],
    });
    expect(regional.id).toBe('aws-fis:123456789012');
    expect(regional.scopes()).toEqual([
      {
        key: '123456789012/eu-west-1',
        title: '123456789012 eu-west-1',
      },
      {
        key: '123456789012/us-gov-west-1',
        title: '123456789012 us-gov-west-1',
      },
    ]);
  });

  it('reads what the API reference shows, fractions included', async () => {
    give(DETAIL);
    fis.templates = {
      '': { items: [{ id: DETAIL.experimentTemplateId, tags: { team: 'a' } }] },
    };
    await expect(read()).resolves.toEqual([
      {
        externalId: 'ABC12DeFGhI3jKLMNOP',
        title: 'Reboot',
        url: null,
        accountId: '123456789012',
        region: 'eu-west-1',
        templateId: 'ABCDE1fgHIJkLmNop',
        state: 'completed',
        reason: 'Experiment completed.',
        createdAt: 1616432509662,
        startedAt: 1616432525611,
        endedAt: 1616432740500,
        dryRun: false,
        stopConditions: DETAIL.stopConditions,
        logConfigured: false,
        actions: [
          {
            name: 'reboot',
            actionId: 'aws:ec2:reboot-instances',
            state: 'completed',
            startedAt: 1616432680927,
            endedAt: 1616432740250,
          },
          {
            name: 'wait',
            actionId: 'aws:fis:wait',
            state: 'completed',
            startedAt: 1616432525611,
            endedAt: 1616432680500,
          },
        ],
        options: DETAIL.experimentOptions,
        tags: DETAIL.tags,
        templateTags: { team: 'a' },
        entityRefs: ['component:default/payments'],
      },
    ]);
  });

  it('gets by with the least that an answer can hold', async () => {
    give({
      id: 'EXP1',
      state: { status: 'pending' },
      creationTime: 1616432509,
    });
    await expect(read()).resolves.toEqual([
      {
        externalId: 'EXP1',
        title: 'EXP1',
        url: null,
        accountId: '123456789012',
        region: 'eu-west-1',
        templateId: null,
        state: 'pending',
        reason: null,
        createdAt: 1616432509000,
        startedAt: null,
        endedAt: null,
        dryRun: false,
        stopConditions: [],
        logConfigured: false,
        actions: [],
        options: {},
        tags: {},
        templateTags: {},
        entityRefs: [],
      },
    ]);
  });

  it('puts pages together that come in no order and may be empty', async () => {
    fis.experiments = {
      '': { items: [summary('EXP3')], nextToken: 'x/y+z==' },
      'x/y+z==': { items: [], nextToken: 'last' },
      last: { items: [summary('EXP1'), summary('EXP2')], nextToken: null },
    };
    for (const id of ['EXP1', 'EXP2', 'EXP3']) fis.details[id] = summary(id);
    const experiments = await read();
    expect(experiments.map(({ externalId }) => externalId)).toEqual([
      'EXP3',
      'EXP1',
      'EXP2',
    ]);
  });

  it('gives up on a list that goes in circles', async () => {
    fis.experiments = {
      '': { items: [], nextToken: 'a' },
      a: { items: [], nextToken: 'b' },
      b: { items: [], nextToken: 'a' },
    };
    const error = await read().catch(thrown => thrown);
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error).toMatchObject({ kind: 'invalid-response' });
    expect(error.message).toMatch(/repeats a nextToken/);
  });

  it('skips what was forgotten between the list and the look at it', async () => {
    give(summary('EXP1'), summary('EXP2'));
    delete fis.details.EXP1;
    const experiments = await read();
    expect(experiments.map(({ externalId }) => externalId)).toEqual(['EXP2']);
  });

  it('does not believe that all of them were forgotten', async () => {
    give(summary('EXP1'), summary('EXP2'));
    fis.details = {};
    await expect(read()).rejects.toMatchObject({ kind: 'not-found' });
  });

  it.each([
    ['an unknown state', { state: { status: 'exploded' } }, /state\.status/],
    ['no state', { state: undefined }, /state/],
    ['an id that is a path', { id: '../tags' }, /id/],
    ['tags that are none', { tags: ['a'] }, /tags/],
  ])('refuses a list with %s', async (_, changes, message) => {
    fis.experiments = { '': { items: [summary('EXP1', changes)] } };
    await expect(read()).rejects.toMatchObject({
      kind: 'invalid-response',
      message: expect.stringMatching(message),
    });
  });

  describe('what is stored already', () => {
    const final = { final: true, tags: { a: '1' }, templateTags: { b: '2' } };
    const tagged = summary('EXP1', { tags: { a: '1' } });

    beforeEach(() => {
      give(tagged);
      fis.templates = { '': { items: [{ id: 'EXT1', tags: { b: '2' } }] } };
    });

    it('is not read again once it is final', async () => {
      await expect(read({ EXP1: final })).resolves.toEqual([]);
      expect(fis.asked).toEqual([
        '/experimentTemplates?maxResults=100',
        '/experiments?maxResults=100',
      ]);
    });

    it('is read again before', async () => {
      await expect(
        read({ EXP1: { ...final, final: false } }),
      ).resolves.toHaveLength(1);
    });

    it('is read again when its template was tagged anew', async () => {
      fis.templates = {
        '': {
          items: [
            {
              id: 'EXT1',
              tags: { 'backstage.io/entity-ref': 'component:default/checkout' },
            },
          ],
        },
      };
      await expect(read({ EXP1: final })).resolves.toMatchObject([
        { entityRefs: ['component:default/checkout'] },
      ]);
    });

    it('keeps the tags of a template that was deleted', async () => {
      fis.templates = { '': { items: [] } };
      await expect(read({ EXP1: final })).resolves.toEqual([]);
      await expect(
        read({ EXP1: { ...final, final: false } }),
      ).resolves.toMatchObject([{ templateTags: { b: '2' } }]);
    });
  });

  describe('what an experiment is', () => {
    const only = async (changes: object) => {
      give(summary('EXP1', changes));
      const [experiment] = await read();
      return experiment;
    };
    const action = (status: string, startTime?: number) => ({
      actionId: 'aws:fis:wait',
      state: { status },
      startTime,
    });

    it('is called by its name, its template’s description or its template’s id', async () => {
      fis.templates = {
        '': { items: [{ id: 'EXT1', description: 'Loss of a zone' }] },
      };
      expect((await only({ tags: { Name: 'Mine' } })).title).toBe('Mine');
      expect((await only({ tags: { Name: ' ' } })).title).toBe(
        'Loss of a zone',
      );
      expect((await only({ experimentTemplateId: 'EXT2' })).title).toBe('EXT2');
    });

    it('did not start where no action ran', async () => {
      const skipped = await only({
        startTime: 1616432509.962,
        actions: { a: action('skipped', 1616432510), b: action('cancelled') },
        experimentOptions: { actionsMode: 'skip-all' },
      });
      expect(skipped).toMatchObject({ startedAt: null, dryRun: true });
    });

    it('started with the first action that ran', async () => {
      const { startedAt } = await only({
        actions: {
          a: action('stopped', 1616432512.5),
          b: action('completed', 1616432511.25),
          c: action('cancelled', 1616432500),
        },
      });
      expect(startedAt).toBe(1616432511250);
    });

    it('says why and where it failed', async () => {
      const { reason } = await only({
        state: {
          status: 'failed',
          reason: 'Target resolution returned empty set',
          error: {
            accountId: '123456789012',
            code: 'InvalidTarget',
            location: 'targets.fleet',
          },
        },
      });
      expect(reason).toBe(
        'Target resolution returned empty set (InvalidTarget at targets.fleet)',
      );
    });

    it('names several entities, itself before its template', async () => {
      const logger = mockServices.logger.mock();
      source = await createSource({ endpoint: fis.endpoint, logger });
      fis.templates = {
        '': {
          items: [{ id: 'EXT1', tags: { 'backstage.io/entity-ref': 'a' } }],
        },
      };
      const { entityRefs } = await only({
        tags: {
          'backstage.io/entity-ref':
            'Component:Default/Payments  checkout :: component:default/payments',
        },
      });
      expect(entityRefs).toEqual([
        'component:default/payments',
        'component:default/checkout',
      ]);
      expect(logger.debug).toHaveBeenCalledWith(
        expect.stringContaining('names "::", which is no entity reference'),
      );
      expect((await only({})).entityRefs).toEqual(['component:default/a']);
    });
  });

  describe('refused', () => {
    const denied = (message: string) =>
      behaviours.json({ message }, { status: 403 });

    it('names the IAM action that is missing', async () => {
      fis.next(
        denied(
          'User: arn:aws:iam::1:user/signature is not authorized to perform the operation',
        ),
      );
      await expect(read()).rejects.toMatchObject({
        kind: 'forbidden',
        message: expect.stringContaining(
          'the credentials lack the IAM action fis:ListExperimentTemplates: User: arn',
        ),
      });
    });

    it('leaves it to AWS where AWS names it', async () => {
      give(summary('EXP1'));
      fis.next(
        behaviours.json({ experimentTemplates: [] }),
        behaviours.json({ experiments: [summary('EXP1')] }),
        denied(
          'User: x is not authorized to perform: fis:GetExperiment on resource: y',
        ),
      );
      await expect(read()).rejects.toMatchObject({
        kind: 'forbidden',
        message:
          'aws-fis:123456789012: GET /experiments/EXP1 answered 403: User: x is not authorized to perform: fis:GetExperiment on resource: y',
      });
    });

    it('waits and tries again where AWS throttles', async () => {
      fis.next(
        behaviours.json(
          { message: 'Rate exceeded' },
          {
            status: 400,
            headers: { 'x-amzn-errortype': 'ThrottlingException:http://x' },
          },
        ),
      );
      await expect(read()).resolves.toEqual([]);
    });
  });

  describe('verify', () => {
    const denied = behaviours.json({ message: 'denied' }, { status: 403 });

    it('asks for both lists', async () => {
      await source.verify({ signal });
      expect(fis.asked).toEqual([
        '/experiments?maxResults=1',
        '/experimentTemplates?maxResults=1',
      ]);
    });

    it('fails where one of them is refused', async () => {
      fis.next(behaviours.json({ experiments: [] }), denied);
      await expect(source.verify({ signal })).rejects.toMatchObject({
        kind: 'forbidden',
        message: expect.stringContaining('fis:ListExperimentTemplates'),
      });
    });

    it('is content with one Region, so that one does not stop the others', async () => {
      source = await createSource({
        endpoint: fis.endpoint,
        regions: ['eu-west-1', 'us-east-1'],
      });
      fis.next(denied);
      await expect(source.verify({ signal })).resolves.toBeUndefined();
    });
  });

  it('signs for the Region of the scope', async () => {
    source = await createSource({
      endpoint: fis.endpoint,
      regions: ['eu-west-1', 'ap-south-2'],
    });
    const [, scope] = source.scopes();
    for await (const _ of source.changes(scope, {
      signal,
      known: async () => new Map(),
    }));
    expect(fis.authorizations).toHaveLength(2);
    for (const authorization of fis.authorizations) {
      expect(authorization).toMatch(
        /^AWS4-HMAC-SHA256 Credential=\w+\/\d{8}\/ap-south-2\/fis\/aws4_request, SignedHeaders=[\w;-]*host/,
      );
    }
  });

  it('knows no other scope', async () => {
    const pages = source.changes(
      { key: '210987654321/eu-west-1', title: '' },
      { signal, known: async () => new Map() },
    );
    await expect(pages[Symbol.asyncIterator]().next()).rejects.toThrow(
      'aws-fis:123456789012 has no scope 210987654321/eu-west-1',
    );
  });
});
