import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { Behaviour, json, ReceivedRequest } from './behaviours';

/**
 * A real HTTP server on 127.0.0.1 that treats requests as a test tells it to,
 * and remembers them.
 *
 * @public
 */
export class MisbehavingUpstream {
  readonly #server: Server;
  readonly #received: ReceivedRequest[] = [];
  #next: Behaviour[] = [];
  #always: Behaviour = json({});
  #underWay = 0;
  #mostUnderWay = 0;

  /**
   * @param port - of an upstream that was closed and comes back; any free one if
   * left out
   */
  static async start(port = 0): Promise<MisbehavingUpstream> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    return new MisbehavingUpstream(server);
  }

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request: IncomingMessage, response) => {
      this.#handle(request, response).catch(error => response.destroy(error));
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The address of a path, `/` if left out. */
  url(path = '/'): string {
    return new URL(path, `http://127.0.0.1:${this.port}`).href;
  }

  /** The requests so far, in the order in which they were complete. */
  get received(): readonly ReceivedRequest[] {
    return this.#received;
  }

  /** The most requests that were under way at the same time. */
  get mostUnderWay(): number {
    return this.#mostUnderWay;
  }

  /** How the next requests are treated, one each. */
  next(...behaviours: Behaviour[]): this {
    this.#next.push(...behaviours);
    return this;
  }

  /** How requests are treated for which nothing else was said. */
  always(behaviour: Behaviour): this {
    this.#always = behaviour;
    this.#next = [];
    return this;
  }

  /** Stops, and breaks off what is still under way. */
  async close(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #handle(request: IncomingMessage, response: ServerResponse) {
    this.#underWay += 1;
    this.#mostUnderWay = Math.max(this.#mostUnderWay, this.#underWay);
    response.once('close', () => {
      this.#underWay -= 1;
    });
    const received: ReceivedRequest = {
      method: request.method ?? '',
      url: new URL(request.url ?? '/', this.url()),
      headers: request.headers,
      body: await bodyOf(request),
      at: Date.now(),
    };
    this.#received.push(received);
    const behaviour = this.#next.shift() ?? this.#always;
    await behaviour(received, response);
  }
}

async function bodyOf(request: IncomingMessage) {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
