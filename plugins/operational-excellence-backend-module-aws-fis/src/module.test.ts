import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import {
  ExperimentSource,
  operationalExcellenceExperimentSourcesExtensionPoint,
} from 'backstage-plugin-operational-excellence-node';
import { operationalExcellenceModuleAwsFis } from './module';

async function start(data: JsonObject): Promise<ExperimentSource[]> {
  const added: ExperimentSource[] = [];
  await startTestBackend({
    extensionPoints: [
      [
        operationalExcellenceExperimentSourcesExtensionPoint,
        { addExperimentSource: (...sources) => added.push(...sources) },
      ],
    ],
    features: [
      operationalExcellenceModuleAwsFis,
      mockServices.rootConfig.factory({ data }),
    ],
  });
  return added;
}

const account = (accountId: string) => ({
  accountId,
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'secret',
});

describe('operationalExcellenceModuleAwsFis', () => {
  it('adds a source for each account', async () => {
    const sources = await start({
      aws: { accounts: [account('123456789012'), account('210987654321')] },
      operationalExcellence: {
        sources: {
          awsFis: [
            { accountId: '123456789012', regions: ['eu-west-1', 'us-east-1'] },
            {
              accountId: '210987654321',
              regions: ['eu-west-1'],
              schedule: { every: 'PT1H' },
              eventsTopic: 'game-days',
            },
          ],
        },
      },
    });
    expect(
      sources.map(source => [
        source.id,
        source.schedule?.every,
        source.events?.topics,
        source.scopes(),
      ]),
    ).toEqual([
      [
        'aws-fis:123456789012',
        undefined,
        ['aws-fis'],
        [
          {
            key: '123456789012/eu-west-1',
            title: '123456789012 eu-west-1',
            url: 'https://eu-west-1.console.aws.amazon.com/fis/home?region=eu-west-1#Experiments',
          },
          {
            key: '123456789012/us-east-1',
            title: '123456789012 us-east-1',
            url: 'https://us-east-1.console.aws.amazon.com/fis/home?region=us-east-1#Experiments',
          },
        ],
      ],
      [
        'aws-fis:210987654321',
        'PT1H',
        ['game-days'],
        [expect.objectContaining({ key: '210987654321/eu-west-1' })],
      ],
    ]);
  });

  it('adds none where none is configured', async () => {
    await expect(start({})).resolves.toEqual([]);
  });

  it('stops the start on a mistake, and names its key', async () => {
    await expect(
      start({
        operationalExcellence: {
          sources: { awsFis: [{ accountId: '1', regions: ['eu-west-1'] }] },
        },
      }),
    ).rejects.toThrow(/operationalExcellence\.sources\.awsFis\[0\]\.accountId/);
  });
});
