import { once } from 'node:events';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import express from 'express';
import { AwsFisLocalConfig, readConfig } from '../config';
import { createEndpoint } from '../createEndpoint';
import { applyMigrations } from '../database';
import { FisRequestCredentials } from '../sigv4';
import { FisClient } from './FisClient';

export type TestDatabase = Awaited<ReturnType<TestDatabases['init']>>;

export const START = Date.UTC(2026, 0, 15, 12);

/** An endpoint on a database, with a clock that only tests move. */
export class TestEndpoint {
  now = START;
  readonly #url: string;
  readonly #close: () => Promise<void>;

  static async start(
    db: TestDatabase,
    config: Partial<AwsFisLocalConfig> = {},
  ): Promise<TestEndpoint> {
    await applyMigrations(
      mockServices.database.mock({ getClient: async () => db }),
    );
    const app = express();
    const server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const endpoint = new TestEndpoint(`http://127.0.0.1:${port}`, async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });
    app.use(
      createEndpoint({
        db,
        config: { ...defaults(), ...config },
        logger: mockServices.logger.mock(),
        now: () => endpoint.now,
      }),
    );
    return endpoint;
  }

  private constructor(url: string, close: () => Promise<void>) {
    this.#url = url;
    this.#close = close;
  }

  get url(): string {
    return this.#url;
  }

  client(options?: {
    region?: string;
    credentials?: FisRequestCredentials;
  }): FisClient {
    return new FisClient({
      baseUrl: this.#url,
      now: () => this.now,
      ...options,
    });
  }

  /** Lets so many seconds pass. */
  pass(seconds: number): void {
    this.now += seconds * 1000;
  }

  async close(): Promise<void> {
    await this.#close();
  }
}

function defaults(): AwsFisLocalConfig {
  const config = readConfig(
    mockServices.rootConfig({ data: { awsFisLocal: {} } }),
  );
  if (!config) throw new Error('An empty section switches the endpoint on');
  return config;
}
