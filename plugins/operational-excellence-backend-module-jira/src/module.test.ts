import { createHmac } from 'node:crypto';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { HttpPostIngressOptions } from '@backstage/plugin-events-node';
import { eventsExtensionPoint } from '@backstage/plugin-events-node/alpha';
import {
  operationalExcellenceTicketSourcesExtensionPoint,
  TicketSource,
} from 'backstage-plugin-operational-excellence-node';
import jiraFeatures from './index';

const SECRET = 'it-is-a-secret-to-everybody';

const ENTRY = {
  id: 'acme',
  baseUrl: 'https://acme.atlassian.net',
  email: 'portal@acme.example',
  apiToken: 'a-token',
  improvement: { issueTypes: ['Improvement'] },
};

async function startWith(jira: JsonObject[], options = { hasEvents: true }) {
  const sources: TicketSource[] = [];
  const ingresses: HttpPostIngressOptions[] = [];
  const logger = mockServices.logger.mock();
  logger.child.mockReturnValue(logger);
  const plugin = createBackendPlugin({
    pluginId: 'operational-excellence',
    register(reg) {
      reg.registerExtensionPoint(
        operationalExcellenceTicketSourcesExtensionPoint,
        { addTicketSource: (...added) => void sources.push(...added) },
      );
      reg.registerInit({ deps: {}, async init() {} });
    },
  });
  const refuse = () => {
    throw new Error('Only the ingress is expected to be used');
  };
  const events = createBackendPlugin({
    pluginId: 'events',
    register(reg) {
      reg.registerExtensionPoint(eventsExtensionPoint, {
        addHttpPostIngress: ingress => void ingresses.push(ingress),
        addHttpPostBodyParser: refuse,
        addPublishers: refuse,
        addSubscribers: refuse,
        setEventBroker: refuse,
      });
      reg.registerInit({ deps: {}, async init() {} });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      ...(options.hasEvents ? [events] : []),
      jiraFeatures,
      logger.factory,
      mockServices.rootConfig.factory({
        data: { operationalExcellence: { sources: { jira } } },
      }),
    ],
  });
  await backend.stop();
  return { sources, ingresses, logger };
}

/** Whether an ingress refuses a request. */
async function refusal(
  { validator }: HttpPostIngressOptions,
  body: string,
  signature: string | string[] | undefined,
) {
  const rejections: unknown[] = [];
  await validator!(
    {
      body: JSON.parse(body),
      headers: { 'x-hub-signature': signature },
      raw: { body: Buffer.from(body), encoding: 'utf8' },
    },
    { reject: details => void rejections.push(details) },
  );
  return rejections[0];
}

function signatureOf(body: string, secret = SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

describe('jiraFeatures', () => {
  it('adds a source for each instance, without the events backend', async () => {
    const { sources, ingresses } = await startWith(
      [
        ENTRY,
        {
          id: 'legacy',
          baseUrl: 'https://jira.acme.example',
          token: 'a-pat',
          improvement: { labels: ['ops'] },
          schedule: { every: 'PT30M' },
        },
      ],
      { hasEvents: false },
    );
    expect(sources.map(({ id, title }) => [id, title])).toEqual([
      ['jira:acme', 'Jira (acme)'],
      ['jira:legacy', 'Jira (legacy)'],
    ]);
    expect(sources[1].schedule).toEqual({ every: 'PT30M' });
    expect(ingresses).toEqual([]);
  });

  it('adds none where none is configured, and says so', async () => {
    const { sources, logger } = await startWith([]);
    expect(sources).toEqual([]);
    expect(logger.info).toHaveBeenCalledWith(
      expect.stringContaining('operationalExcellence.sources.jira'),
    );
  });

  it('stops the start where the configuration is wrong', async () => {
    await expect(startWith([{ ...ENTRY, improvement: {} }])).rejects.toThrow(
      'operationalExcellence.sources.jira[0].improvement',
    );
  });

  it('takes webhooks that are signed with the secret, and no others', async () => {
    const { sources, ingresses, logger } = await startWith([
      { ...ENTRY, webhookSecret: SECRET },
      { ...ENTRY, id: 'other' },
    ]);
    expect(ingresses.map(({ topic }) => topic)).toEqual([
      'operational-excellence.jira.acme',
    ]);
    expect(sources[0].events?.topics).toEqual([ingresses[0].topic]);

    const body = '{"webhookEvent":"jira:issue_updated","note":"payload ü"}';
    const [ingress] = ingresses;
    const refused = { status: 403, payload: expect.any(Object) };
    expect(await refusal(ingress, body, signatureOf(body))).toBeUndefined();
    for (const signature of [
      undefined,
      '',
      'sha256=',
      signatureOf(body, 'another-secret'),
      signatureOf(`${body} `),
      signatureOf(body).replace('sha256=', 'sha1='),
      signatureOf(body).slice(0, -2),
    ]) {
      expect(await refusal(ingress, body, signature)).toEqual(refused);
    }
    expect(logger.warn).toHaveBeenCalledTimes(7);
    const logged = JSON.stringify(logger.warn.mock.calls);
    expect(logged).toContain('operational-excellence.jira.acme');
    expect(logged).not.toContain('payload');
    expect(logged).not.toContain(SECRET);
  });
});
