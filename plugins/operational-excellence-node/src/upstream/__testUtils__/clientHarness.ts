import { mockServices } from '@backstage/backend-test-utils';
import { inspect } from 'node:util';
import { z } from 'zod';
import { MisbehavingUpstream } from '../../testUtils/index';
import { createUpstreamClient } from '../createUpstreamClient';
import {
  UpstreamClient,
  UpstreamClientOptions,
  UpstreamRequest,
} from '../UpstreamClient';
import { UpstreamError } from '../UpstreamError';

const schema = z.object({ items: z.array(z.object({ id: z.number() })) });

/** An answer that fits the schema of the requests here. */
export const good = { items: [{ id: 1 }] };

export const TOKEN = 'very-secret-token-42';

type ItemsRequest = Partial<UpstreamRequest<z.output<typeof schema>>>;

/**
 * A misbehaving upstream for each test, and clients for it that try again soon.
 * Tests of time-outs set their own.
 */
export function clientHarness() {
  // Real servers and real time, maybe on a machine that is busy.
  jest.setTimeout(30_000);
  const logger = mockServices.logger.mock();
  const started: MisbehavingUpstream[] = [];

  async function startUpstream() {
    const upstream = await MisbehavingUpstream.start();
    started.push(upstream);
    return upstream;
  }

  beforeEach(async () => {
    jest.clearAllMocks();
    await startUpstream();
  });

  afterEach(async () => {
    for (const upstream of started.splice(0)) await upstream.close();
  });

  function client(
    options: Partial<UpstreamClientOptions> = {},
  ): UpstreamClient {
    return createUpstreamClient({
      source: 'jira:acme',
      logger,
      headers: async () => ({ authorization: `Bearer ${TOKEN}` }),
      timeoutMs: 10_000,
      backoff: { initialMs: 5, maxMs: 10 },
      ...options,
    });
  }

  function read(
    options?: Partial<UpstreamClientOptions>,
    request?: ItemsRequest,
  ) {
    return client(options).request({
      url: started[0].url('/rest/items'),
      schema,
      ...request,
    });
  }

  return {
    logger,
    get upstream() {
      return started[0];
    },
    /** Another host, which is closed after the test as well. */
    startUpstream,
    client,
    /** One read with a client of its own. */
    read,
    /** One write with a client of its own. */
    write(options?: Partial<UpstreamClientOptions>, request?: ItemsRequest) {
      return read(options, {
        method: 'POST',
        body: { title: 'A' },
        ...request,
      });
    },
  };
}

/** The error that a call fails with. */
export async function failureOf(
  call: Promise<unknown>,
): Promise<UpstreamError> {
  const error = await call.then(
    value => {
      throw new Error(`Expected a failure, got ${inspect(value)}`);
    },
    thrown => thrown,
  );
  expect(error).toBeInstanceOf(UpstreamError);
  return error;
}

/** How a call ends that is aborted while it waits, and how long after that. */
export async function abortedWhileWaiting(
  call: (signal: AbortSignal) => Promise<unknown>,
): Promise<{ name: string; afterMs: number }> {
  const controller = new AbortController();
  let abortedAt = Infinity;
  const timer = setTimeout(() => {
    abortedAt = performance.now();
    controller.abort();
  }, 50);
  const error = await call(controller.signal).then(
    value => {
      throw new Error(`Expected an abort, got ${inspect(value)}`);
    },
    (thrown: Error) => thrown,
  );
  clearTimeout(timer);
  return { name: error.name, afterMs: performance.now() - abortedAt };
}
