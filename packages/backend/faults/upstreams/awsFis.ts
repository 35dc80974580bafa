import awsFisLocal, {
  signFisRequest,
} from 'backstage-plugin-aws-fis-local-backend';
import awsFisModule from 'backstage-plugin-operational-excellence-backend-module-aws-fis';
import { FIS_ENTITY_REF_TAG } from 'backstage-plugin-operational-excellence-common';
import {
  behaviours,
  MisbehavingUpstream,
  Row,
  Truth,
  UpstreamProtocol,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { FaultyVendor, TOLERANCE } from '../FaultyVendor';

const ACCOUNT = '123456789012';
const REGION = 'eu-west-1';
const CREDENTIALS = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const PATH = '/api/aws-fis-local';
const HOUR_MS = 3_600_000;

const listOf = (body: unknown): [string, Row[]] | undefined => {
  const { experiments, experimentTemplates } = body as Record<string, Row[]>;
  if (experiments) return ['experiments', experiments];
  return experimentTemplates && ['experimentTemplates', experimentTemplates];
};

const protocol: UpstreamProtocol = {
  isList: ({ url }) => /\/experiment(s|Templates)$/.test(url.pathname),
  promisesMore: ({ body }) => Boolean(JSON.parse(body).nextToken),
  rowsOf: body => listOf(body)?.[1] ?? [],
  withRows: (answer, rows) => {
    const { nextToken, ...body } = JSON.parse(answer.body);
    const list = listOf(body);
    return {
      ...answer,
      body: JSON.stringify({
        ...body,
        ...(list && { [list[0]]: rows }),
        ...(nextToken && rows.length > 0 && { nextToken }),
      }),
    };
  },
  instants: ['creationTime', 'startTime', 'endTime'],
  badKey: behaviours.json(
    { message: 'The security token included in the request is invalid.' },
    {
      status: 403,
      headers: { 'x-amzn-errortype': 'UnrecognizedClientException' },
    },
  ),
};

/** The experiments of one account and Region, each later than the one before. */
class FisHistory {
  #portalUrl = '';
  readonly #held: { id: string; startedAt: number }[] = [];

  constructor(private readonly entityRef: string) {}

  get serverUrl(): string {
    return this.#portalUrl;
  }

  /** Has two experiments already. */
  async open(portalUrl: string): Promise<void> {
    this.#portalUrl = new URL(portalUrl).origin;
    await this.hold();
    await this.hold();
  }

  truth(): Truth {
    const last = this.#held.at(-1);
    return {
      figures: {
        lastHeldAt: last ? new Date(last.startedAt).toISOString() : null,
      },
      rows: this.#held.map(({ id }) => id),
    };
  }

  async hold(): Promise<void> {
    const number = this.#held.length + 1;
    const startedAt =
      Math.floor(Date.now() / 1000) * 1000 - HOUR_MS + number * 60_000;
    const id = `EXPfault${String(number).padStart(4, '0')}`;
    const times = {
      startTime: startedAt / 1000,
      endTime: startedAt / 1000 + 30,
    };
    await this.#import({
      id,
      experimentTemplateId: 'EXTfault',
      state: { status: 'completed', reason: 'Experiment completed.' },
      actions: {
        wait: {
          actionId: 'aws:fis:wait',
          parameters: { duration: 'PT1M' },
          state: { status: 'completed' },
          ...times,
        },
      },
      creationTime: startedAt / 1000 - 5,
      ...times,
      tags: { Name: id, [FIS_ENTITY_REF_TAG]: this.entityRef },
      experimentOptions: { actionsMode: 'run-all' },
    });
    this.#held.push({ id, startedAt });
  }

  async #import(experiment: object): Promise<void> {
    const url = new URL(`${this.#portalUrl}${PATH}/local/history`);
    const body = JSON.stringify({ experiments: [experiment] });
    const headers = await signFisRequest({
      method: 'POST',
      url,
      body,
      region: REGION,
      credentials: CREDENTIALS,
    });
    const response = await fetch(url, { method: 'POST', headers, body });
    if (!response.ok) throw new Error(`${url}: ${await response.text()}`);
  }
}

const ONE_PAGE =
  'a page of FIS holds 100 experiments, whose details would take a minute to read';

/** AWS FIS, as the local endpoint speaks it. */
export const awsFis: FaultyVendor = {
  name: 'aws-fis',
  measure: 'gameDay',
  // The figures depend on all sources of experiments.
  portalsOfTheirOwn: true,
  lacks: {
    'same-page-again': ONE_PAGE,
    'empty-page': ONE_PAGE,
    'empty-for-bad-key':
      'FIS refuses every request with a key that it does not know',
  },
  features: [awsFisLocal, awsFisModule],
  async start([name]) {
    const upstream = await MisbehavingUpstream.start();
    const history = new FisHistory(`component:default/${name}`);
    return {
      upstreams: new Map([
        [
          name,
          {
            upstream,
            get serverUrl() {
              return history.serverUrl;
            },
            protocol,
            sourceId: `aws-fis:${ACCOUNT}`,
            annotations: {},
            truth: () => history.truth(),
            change: async (onStep: () => void) => {
              await history.hold();
              onStep();
              await history.hold();
              onStep();
            },
            changeOne: () => history.hold(),
          },
        ],
      ]),
      config: {
        awsFisLocal: { timeScale: 60 },
        aws: { accounts: [{ accountId: ACCOUNT, ...CREDENTIALS }] },
        operationalExcellence: {
          sources: {
            awsFis: [
              {
                accountId: ACCOUNT,
                regions: [REGION],
                endpoint: upstream.url(PATH),
                schedule: { every: 'P1D', tolerance: TOLERANCE.text },
              },
            ],
          },
        },
      },
      ready: portalUrl => history.open(portalUrl),
      stop: () => upstream.close(),
    };
  },
};
