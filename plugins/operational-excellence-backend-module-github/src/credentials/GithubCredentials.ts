import {
  DefaultGithubCredentialsProvider,
  GithubCredentials as IntegrationCredentials,
  GithubCredentialsProvider,
  GithubIntegrationConfig,
  ScmIntegrations,
  SingleInstanceGithubCredentialsProvider,
} from '@backstage/integration';
import {
  UpstreamError,
  UpstreamErrorKind,
} from 'backstage-plugin-operational-excellence-node';
import { within } from './within';

/** How long to wait for the token of an installation. */
const TIMEOUT_MS = 30_000;

/** How a request proves who asks: as a GitHub App, by a token, or not at all. */
export interface RequestCredentials {
  kind: 'app' | 'token' | 'anonymous';
  headers: Record<string, string>;
}

/** The credentials that `integrations.github` has for one host. */
export class GithubCredentials {
  static create(options: {
    sourceId: string;
    integrations: ScmIntegrations;
    integration: GithubIntegrationConfig;
  }): GithubCredentials {
    const { sourceId, integrations, integration } = options;
    return new GithubCredentials(
      sourceId,
      integration,
      DefaultGithubCredentialsProvider.fromIntegrations(integrations),
    );
  }

  private constructor(
    private readonly sourceId: string,
    private readonly integration: GithubIntegrationConfig,
    private readonly provider: GithubCredentialsProvider,
  ) {}

  /** The ids of the GitHub Apps that are configured for the host. */
  get appIds(): number[] {
    return (this.integration.apps ?? []).map(({ appId }) => appId);
  }

  /** The configured token, whether or not there are GitHub Apps as well. */
  get token(): RequestCredentials | undefined {
    const { token } = this.integration;
    return token
      ? { kind: 'token', headers: { authorization: `Bearer ${token}` } }
      : undefined;
  }

  /**
   * What a repository of an owner is read with. Asked for by owner only: the
   * provider compares names of repositories with regard to case, which GitHub
   * does not, and GitHub itself refuses a repository that an App must not see.
   */
  async forOwner(
    owner: string,
    signal: AbortSignal,
  ): Promise<RequestCredentials> {
    return this.ask(
      this.provider,
      `/${owner}`,
      `credentials for ${owner}`,
      signal,
    );
  }

  /** What a GitHub App itself, not one of its installations, is asked with. */
  async forApp(
    appId: number,
    signal: AbortSignal,
  ): Promise<RequestCredentials> {
    const apps = this.integration.apps?.filter(app => app.appId === appId);
    const provider = SingleInstanceGithubCredentialsProvider.create({
      ...this.integration,
      token: undefined,
      apps,
    });
    return this.ask(
      provider,
      '',
      `credentials of the GitHub App ${appId}`,
      signal,
    );
  }

  private async ask(
    provider: GithubCredentialsProvider,
    path: string,
    operation: string,
    signal: AbortSignal,
  ): Promise<RequestCredentials> {
    let found: IntegrationCredentials;
    try {
      // The provider knows no time limit of its own.
      found = await within(TIMEOUT_MS, signal, () =>
        provider.getCredentials({
          url: `https://${this.integration.host}${path}`,
        }),
      );
    } catch (error) {
      signal.throwIfAborted();
      throw this.failure(operation, error);
    }
    if (!found.token) return { kind: 'anonymous', headers: {} };
    return {
      kind: found.type,
      headers: { authorization: `Bearer ${found.token}` },
    };
  }

  // Without its cause: an error of the GitHub client holds the whole request.
  private failure(operation: string, error: unknown): UpstreamError {
    const status =
      error instanceof Error ? Reflect.get(error, 'status') : undefined;
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    return new UpstreamError({
      kind: timedOut ? 'timeout' : kindOf(status),
      source: this.sourceId,
      operation,
      detail: error instanceof Error ? error.message : String(error),
      status: typeof status === 'number' ? status : undefined,
    });
  }
}

/** Without a status it was the provider that refused, such as for a suspended App. */
function kindOf(status: unknown): UpstreamErrorKind {
  if (status === 401) return 'unauthorized';
  if (status === 404) return 'not-found';
  if (status === 429) return 'rate-limited';
  return typeof status === 'number' && status >= 500
    ? 'unavailable'
    : 'forbidden';
}
