import { UpstreamError } from 'backstage-plugin-operational-excellence-node';
import { GithubApi } from '../api';
import { GithubCredentials, RequestCredentials } from '../credentials';

/**
 * Under which names our issues are created. They can be told only with
 * credentials, so they are asked for once.
 */
export class FilingAuthors {
  static create(options: {
    sourceId: string;
    api: GithubApi;
    credentials: GithubCredentials;
  }): FilingAuthors {
    const { sourceId, api, credentials } = options;
    return new FilingAuthors(sourceId, api, credentials);
  }

  private readonly known = new Map<
    RequestCredentials['kind'],
    ReadonlySet<string>
  >();

  private constructor(
    private readonly sourceId: string,
    private readonly api: GithubApi,
    private readonly credentials: GithubCredentials,
  ) {}

  /**
   * The names for the repositories of an owner, in lower case; several where
   * several GitHub Apps are configured.
   *
   * @throws UpstreamError where there are no credentials, or GitHub does not say
   * whose they are
   */
  async of(owner: string, signal: AbortSignal): Promise<ReadonlySet<string>> {
    const credentials = await this.credentials.forOwner(owner, signal);
    const known = this.known.get(credentials.kind);
    if (known) return known;
    const names = await this.ask(owner, credentials, signal);
    const authors = new Set(names.map(name => name.toLowerCase()));
    this.known.set(credentials.kind, authors);
    return authors;
  }

  private async ask(
    owner: string,
    credentials: RequestCredentials,
    signal: AbortSignal,
  ): Promise<string[]> {
    switch (credentials.kind) {
      case 'token':
        return [await this.api.login(credentials, signal)];
      case 'app':
        return this.botNames(owner, signal);
      default:
        throw this.unknown(
          owner,
          'filing needs credentials: add a token or apps with write access to Issues to integrations.github',
        );
    }
  }

  /** GitHub names the user of an App after its slug. */
  private async botNames(
    owner: string,
    signal: AbortSignal,
  ): Promise<string[]> {
    const names: string[] = [];
    for (const appId of this.credentials.appIds) {
      const { slug } = await this.api.app(appId, signal);
      if (slug) names.push(`${slug}[bot]`);
    }
    if (names.length > 0) return names;
    throw this.unknown(
      owner,
      'the server does not tell the name of the GitHub App, so that an issue filed by it could not be found again',
    );
  }

  private unknown(owner: string, detail: string): UpstreamError {
    return new UpstreamError({
      kind: 'unauthorized',
      source: this.sourceId,
      operation: `filing an issue for ${owner}`,
      detail,
    });
  }
}
