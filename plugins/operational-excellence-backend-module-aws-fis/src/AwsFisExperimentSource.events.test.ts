import { HintedExperiments } from 'backstage-plugin-operational-excellence-node';
import { createSource } from './__testUtils__/createSource';
import { MinimalFis } from './__testUtils__/MinimalFis';
import { AwsFisExperimentSource } from './AwsFisExperimentSource';

const experiment = (id: string, changes: object = {}) => ({
  id,
  experimentTemplateId: 'EXT1',
  state: { status: 'running' },
  creationTime: 1616432509.662,
  tags: {},
  ...changes,
});

describe('events of AwsFisExperimentSource', () => {
  let fis: MinimalFis;
  let source: AwsFisExperimentSource;

  beforeEach(async () => {
    fis = await MinimalFis.start();
    source = await createSource({ endpoint: fis.endpoint });
  });
  afterEach(() => fis.close());

  async function readHinted(...refs: string[]): Promise<HintedExperiments[]> {
    const pieces: HintedExperiments[] = [];
    for await (const piece of source.readHinted(source.scopes()[0], {
      refs,
      signal: new AbortController().signal,
    })) {
      pieces.push(piece);
    }
    return pieces;
  }

  it('name the services of a template as a pass would', async () => {
    fis.details = { EXP1: experiment('EXP1'), EXP2: experiment('EXP2') };
    fis.templates = {
      '': {
        items: [
          {
            id: 'EXT1',
            description: 'Loss of a zone',
            tags: { 'backstage.io/entity-ref': 'payments' },
          },
        ],
      },
    };
    const [piece, ...more] = await readHinted('EXP1', 'EXP2');
    expect(more).toEqual([]);
    expect(piece.requests).toBe(3);
    expect(piece.experiments).toMatchObject([
      {
        externalId: 'EXP1',
        title: 'Loss of a zone',
        entityRefs: ['component:default/payments'],
      },
      { externalId: 'EXP2', title: 'Loss of a zone' },
    ]);
    expect(fis.asked).toEqual([
      '/experiments/EXP1',
      '/experiments/EXP2',
      '/experimentTemplates?maxResults=100',
    ]);
  });

  it('leave to the next pass what belonged to a template that is gone', async () => {
    fis.details = {
      EXP1: experiment('EXP1'),
      EXP2: experiment('EXP2', { experimentTemplateId: null }),
    };
    const [{ experiments }] = await readHinted('EXP1', 'EXP2');
    expect(experiments.map(({ externalId }) => externalId)).toEqual(['EXP2']);
  });

  it('ask for no templates where no experiment is left', async () => {
    expect(await readHinted('EXP1')).toEqual([
      { experiments: [], requests: 1 },
    ]);
    expect(fis.asked).toEqual(['/experiments/EXP1']);
  });

  it('ask for the templates once, however many experiments there are', async () => {
    const ids = Array.from({ length: 45 }, (_, i) => `EXP${i}`);
    fis.details = Object.fromEntries(ids.map(id => [id, experiment(id)]));
    fis.templates = { '': { items: [{ id: 'EXT1', tags: {} }] } };
    const pieces = await readHinted(...ids);
    expect(pieces.flatMap(({ experiments }) => experiments)).toHaveLength(45);
    expect(pieces.map(({ requests }) => requests)).toEqual([21, 20, 5]);
  });

  it('lead nowhere in a scope of another account', async () => {
    const read = source
      .readHinted(
        { key: '210987654321/eu-west-1', title: '' },
        { refs: ['EXP1'], signal: new AbortController().signal },
      )
      [Symbol.asyncIterator]()
      .next();
    await expect(read).rejects.toThrow('has no scope 210987654321/eu-west-1');
  });
});
