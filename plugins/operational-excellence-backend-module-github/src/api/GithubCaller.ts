import {
  UpstreamClient,
  UpstreamError,
  UpstreamRequest,
  UpstreamResponse,
} from 'backstage-plugin-operational-excellence-node';
import { RequestCredentials } from '../credentials';
import { explain, Purpose } from './explain';

const HEADERS = {
  accept: 'application/vnd.github+json',
  'x-github-api-version': '2022-11-28',
  'user-agent': 'backstage-plugin-operational-excellence',
};

/** As whom GitHub is asked, and what it is about. */
export interface Asked {
  credentials: RequestCredentials;
  owner?: string;
  /** `owner/repository`, where it is about one. */
  repository?: string;
  purpose: Purpose;
}

/** Calls one GitHub host, and explains its failures. */
export class GithubCaller {
  static create(options: {
    host: string;
    createClient: () => UpstreamClient;
  }): GithubCaller {
    return new GithubCaller(options.host, options.createClient);
  }

  private readonly clients = new Map<string, UpstreamClient>();

  private constructor(
    private readonly host: string,
    private readonly createClient: () => UpstreamClient,
  ) {}

  async request<T>(
    asked: Asked,
    request: UpstreamRequest<T>,
  ): Promise<UpstreamResponse<T>> {
    const { credentials, owner, repository, purpose } = asked;
    try {
      return await this.clientFor(credentials, owner).request({
        ...request,
        headers: { ...HEADERS, ...request.headers, ...credentials.headers },
      });
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      throw explain(error, {
        host: this.host,
        repository,
        credentials: credentials.kind,
        purpose,
      });
    }
  }

  /**
   * GitHub counts requests for each installation of an App by itself: the used up
   * limit of one owner must not hold up the others.
   */
  private clientFor(
    { kind }: RequestCredentials,
    owner: string | undefined,
  ): UpstreamClient {
    const key = kind === 'app' && owner ? `app ${owner.toLowerCase()}` : kind;
    let client = this.clients.get(key);
    if (!client) {
      client = this.createClient();
      this.clients.set(key, client);
    }
    return client;
  }
}
