import {
  Behaviour,
  behaviours,
  MisbehavingUpstream,
} from 'backstage-plugin-operational-excellence-node/testUtils';

interface List {
  /** Pages by the token that asks for them, `''` for the first one. */
  [token: string]: { items: object[]; nextToken?: string | null };
}

/**
 * A server that knows just enough of FIS, written from its API reference alone:
 * it answers exactly what a test gives it.
 */
export class MinimalFis {
  experiments: List = { '': { items: [] } };
  templates: List = { '': { items: [] } };
  details: Record<string, object> = {};
  templateDetails: Record<string, object> = {};
  safetyLever: Behaviour = behaviours.json({
    safetyLever: { id: 'default', state: { status: 'disengaged', reason: '' } },
  });
  readonly #server: MisbehavingUpstream;

  static async start(): Promise<MinimalFis> {
    return new MinimalFis(await MisbehavingUpstream.start());
  }

  private constructor(server: MisbehavingUpstream) {
    this.#server = server;
    server.always(this.#answer);
  }

  get endpoint(): string {
    return this.#server.url('/');
  }

  /** Paths and queries so far. */
  get asked(): string[] {
    return this.#server.received.map(
      ({ url }) => `${url.pathname}${url.search}`,
    );
  }

  get authorizations(): string[] {
    return this.#server.received.map(({ headers }) =>
      String(headers.authorization),
    );
  }

  /** How the next requests are treated, one each. */
  next(...treatments: Behaviour[]): void {
    this.#server.next(...treatments);
  }

  async close(): Promise<void> {
    await this.#server.close();
  }

  readonly #answer: Behaviour = (request, response) => {
    const { pathname, searchParams } = request.url;
    const token = searchParams.get('nextToken') ?? '';
    const [, resource, id] = pathname.split('/');
    const notFound = behaviours.json({ message: 'not found' }, { status: 404 });
    if (resource === 'experiments' && id) {
      const experiment = this.details[id];
      return experiment
        ? behaviours.json({ experiment })(request, response)
        : notFound(request, response);
    }
    if (resource === 'experimentTemplates' && id) {
      const experimentTemplate = this.templateDetails[id];
      return experimentTemplate
        ? behaviours.json({ experimentTemplate })(request, response)
        : notFound(request, response);
    }
    if (pathname === '/safetyLevers/default') {
      return this.safetyLever(request, response);
    }
    const list = {
      experiments: this.experiments,
      experimentTemplates: this.templates,
    }[resource];
    const page = list?.[token];
    if (!page) return notFound(request, response);
    const { items, nextToken } = page;
    return behaviours.json({ [resource]: items, nextToken })(request, response);
  };
}
