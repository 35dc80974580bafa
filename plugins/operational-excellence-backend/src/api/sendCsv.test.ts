import express from 'express';
import Router from 'express-promise-router';
import { createServer, get, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { eventually } from '../sync/__testUtils__/TestSync';
import { sendCsv } from './sendCsv';

const CHUNK = `${'x'.repeat(100_000)}\r\n`;

describe('sendCsv', () => {
  let server: Server;
  let lines: () => AsyncGenerator<string, void, undefined>;
  let yielded = 0;
  let ended = false;
  const errors: unknown[] = [];

  beforeAll(async () => {
    const router = Router();
    router.get('/', (_req, res) =>
      sendCsv(res, lines(), { filename: 'services-2026-07-01.csv' }),
    );
    const app = express();
    app.use(router);
    app.use(
      (
        error: unknown,
        _req: express.Request,
        res: express.Response,
        next: express.NextFunction,
      ) => {
        errors.push(error);
        if (res.headersSent) next(error);
        else res.status(500).json({ error: String(error) });
      },
    );
    server = createServer(app);
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });

  afterAll(
    () =>
      new Promise(resolve => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );

  beforeEach(() => {
    yielded = 0;
    ended = false;
    errors.length = 0;
  });

  function asked(): Promise<IncomingMessage> {
    const { port } = server.address() as AddressInfo;
    return new Promise((resolve, reject) => {
      get({ port, host: '127.0.0.1' }, resolve).on('error', reject);
    });
  }

  async function* endless() {
    try {
      for (;;) {
        yielded += 1;
        yield CHUNK;
      }
    } finally {
      ended = true;
    }
  }

  it('sends all lines as a file', async () => {
    lines = async function* two() {
      yield 'a,b\r\n';
      yield 'ü,"1"\r\n';
    };
    const response = await asked();
    expect(response.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="services-2026-07-01.csv"',
    });
    expect(await text(response)).toBe('a,b\r\nü,"1"\r\n');
  });

  it('reads no faster than the client, and no more once it is gone', async () => {
    lines = endless;
    const response = await asked();
    response.pause();
    let before = -1;
    // What the sockets hold, and then nothing more.
    await eventually(async () => {
      const now = yielded;
      const rests = now === before;
      before = now;
      if (!rests) throw new Error(`Still reads: ${now}`);
    });
    expect(yielded).toBeLessThan(500);
    response.destroy();
    await eventually(async () => {
      if (!ended) throw new Error('Still reads');
    });
    expect(errors).toEqual([]);
  });

  it('answers what fails before the first line as any other failure', async () => {
    lines = async function* failing() {
      throw new Error('No database');
    };
    const response = await asked();
    expect(response.statusCode).toBe(500);
    expect(await text(response)).toContain('No database');
  });

  it('breaks the connection where it fails midway', async () => {
    lines = async function* failing() {
      yield CHUNK;
      throw new Error('No database');
    };
    const response = await asked();
    await expect(text(response)).rejects.toThrow('aborted');
    expect(errors).toEqual([new Error('No database')]);
  });
});
