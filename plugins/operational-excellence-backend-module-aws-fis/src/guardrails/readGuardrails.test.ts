import {
  ExperimentTemplate,
  GuardrailsPage,
} from 'backstage-plugin-operational-excellence-node';
import { behaviours } from 'backstage-plugin-operational-excellence-node/testUtils';
import { createSource } from '../__testUtils__/createSource';
import { MinimalFis } from '../__testUtils__/MinimalFis';
import { AwsFisExperimentSource } from '../AwsFisExperimentSource';

/** After the example of GetExperimentTemplate in the AWS CLI reference. */
const TEMPLATE = {
  id: 'EXT1',
  arn: 'arn:aws:fis:eu-west-1:123456789012:experiment-template/EXT1',
  description: 'Stop one of the instances',
  targets: {},
  actions: {},
  stopConditions: [
    {
      source: 'aws:cloudwatch:alarm',
      value: 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:errors',
    },
  ],
  creationTime: 1616017857.0,
  lastUpdateTime: 1616017858.5,
  roleArn: 'arn:aws:iam::123456789012:role/fis',
  tags: { 'backstage.io/entity-ref': 'payments' },
  logConfiguration: {
    cloudWatchLogsConfiguration: { logGroupArn: 'arn:aws:logs:x' },
    logSchemaVersion: 2,
  },
};

const summaryOf = ({
  id,
  description,
  lastUpdateTime,
  tags,
}: typeof TEMPLATE) => ({ id, description, lastUpdateTime, tags });

describe('guardrails of AWS FIS', () => {
  let fis: MinimalFis;
  let source: AwsFisExperimentSource;

  beforeEach(async () => {
    fis = await MinimalFis.start();
    source = await createSource({ endpoint: fis.endpoint });
  });

  afterEach(() => fis.close());

  function give(...templates: (typeof TEMPLATE)[]) {
    fis.templates = { '': { items: templates.map(summaryOf) } };
    fis.templateDetails = Object.fromEntries(
      templates.map(template => [template.id, template]),
    );
  }

  async function read(known: ExperimentTemplate[] = []) {
    const pages: GuardrailsPage[] = [];
    for await (const page of source.guardrails(source.scopes()[0], {
      signal: new AbortController().signal,
      known: async () =>
        new Map(known.map(each => [each.externalId, each.revision])),
    })) {
      pages.push(page);
    }
    return {
      templates: pages.flatMap(({ templates }) => templates),
      unchanged: pages.flatMap(({ unchanged }) => unchanged),
      levers: pages.flatMap(({ safetyLever }) => safetyLever ?? []),
      requests: pages.reduce((sum, page) => sum + page.requests, 0),
    };
  }

  it('are what a template says', async () => {
    give(TEMPLATE);
    const { levers, requests, templates } = await read();
    expect(templates).toEqual([
      {
        externalId: 'EXT1',
        title: 'Stop one of the instances',
        url: null,
        accountId: '123456789012',
        region: 'eu-west-1',
        revision: expect.any(String),
        stopConditions: TEMPLATE.stopConditions,
        logConfigured: true,
        tags: TEMPLATE.tags,
        entityRefs: ['component:default/payments'],
      },
    ]);
    expect(levers).toEqual([
      {
        accountId: '123456789012',
        region: 'eu-west-1',
        state: 'disengaged',
        reason: null,
      },
    ]);
    expect(requests).toBe(fis.asked.length);
  });

  it('lack what FIS calls none', async () => {
    give({
      ...TEMPLATE,
      stopConditions: [{ source: 'none' }],
      logConfiguration: undefined,
    } as unknown as typeof TEMPLATE);
    const { templates } = await read();
    expect(templates).toMatchObject([
      { stopConditions: [], logConfigured: false },
    ]);
  });

  it('are read again where a template or its tags changed, else not', async () => {
    const other = { ...TEMPLATE, id: 'EXT2' };
    give(TEMPLATE, other);
    const { templates: known } = await read();
    const detailsBefore = fis.asked.filter(path => path.includes('/EXT'));
    expect(await read(known)).toMatchObject({
      templates: [],
      unchanged: ['EXT1', 'EXT2'],
    });
    expect(fis.asked.filter(path => path.includes('/EXT'))).toEqual(
      detailsBefore,
    );

    give(
      { ...TEMPLATE, lastUpdateTime: TEMPLATE.lastUpdateTime + 1 },
      { ...other, tags: { ...other.tags, env: 'staging' } as never },
    );
    const { templates } = await read(known);
    expect(templates.map(each => each.externalId)).toEqual(['EXT1', 'EXT2']);
  });

  it('pass over a template that was deleted since it was listed', async () => {
    give(TEMPLATE);
    fis.templateDetails = {};
    expect(await read()).toMatchObject({ templates: [], unchanged: [] });
  });

  it.each([
    ['engaged', 'engaged'],
    ['engaging', 'engaged'],
  ])('tell of a safety lever that is %s', async (status, state) => {
    fis.safetyLever = behaviours.json({
      safetyLever: { state: { status, reason: 'Incident 7' } },
    });
    expect((await read()).levers).toMatchObject([
      { state, reason: 'Incident 7' },
    ]);
  });

  it('are read without the lever where the credentials may not see it', async () => {
    give(TEMPLATE);
    fis.safetyLever = behaviours.json(
      { message: 'User x is not authorized to perform: fis:GetSafetyLever' },
      { status: 403 },
    );
    const { levers, templates } = await read();
    expect(templates).toHaveLength(1);
    expect(levers).toMatchObject([
      { state: 'unknown', reason: expect.stringContaining('GetSafetyLever') },
    ]);
  });

  it('fail where the credentials may not read templates', async () => {
    give(TEMPLATE);
    fis.templateDetails = {};
    fis.next(
      behaviours.json({
        safetyLever: { state: { status: 'disengaged', reason: null } },
      }),
      behaviours.json({ experimentTemplates: [summaryOf(TEMPLATE)] }),
      behaviours.json(
        { message: 'User x is not authorized to perform this' },
        { status: 403 },
      ),
    );
    await expect(read()).rejects.toThrow('fis:GetExperimentTemplate');
  });
});
