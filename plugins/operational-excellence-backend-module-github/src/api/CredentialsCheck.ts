import { LoggerService } from '@backstage/backend-plugin-api';
import { UpstreamError } from 'backstage-plugin-operational-excellence-node';
import { GithubCredentials } from '../credentials';
import { GithubApi, GithubAppInfo } from './GithubApi';

/** Proves the credentials that `integrations.github` has for one host. */
export class CredentialsCheck {
  static create(options: {
    sourceId: string;
    host: string;
    api: GithubApi;
    credentials: GithubCredentials;
    logger: LoggerService;
  }): CredentialsCheck {
    const { sourceId, host, api, credentials, logger } = options;
    return new CredentialsCheck(sourceId, host, api, credentials, logger);
  }

  private warned = false;

  private constructor(
    private readonly sourceId: string,
    private readonly host: string,
    private readonly api: GithubApi,
    private readonly credentials: GithubCredentials,
    private readonly logger: LoggerService,
  ) {}

  /**
   * @throws UpstreamError where they are refused, or too weak to read issues
   */
  async run(signal: AbortSignal): Promise<void> {
    const { appIds, token } = this.credentials;
    for (const appId of appIds) {
      this.checkApp(appId, await this.api.app(appId, signal));
    }
    if (token) {
      await this.api.checkCredentials(token, signal);
    }
    if (appIds.length === 0 && !token) {
      await this.api.checkCredentials(
        { kind: 'anonymous', headers: {} },
        signal,
      );
      this.warnOfAnonymity();
    }
  }

  private checkApp(appId: number, app: GithubAppInfo): void {
    const name = app.slug ? `${app.slug} (${appId})` : String(appId);
    if (app.permissions && !app.permissions.issues) {
      throw this.weak(
        `the GitHub App ${name} has no permission for issues: give it read access to Issues and Metadata, and accept that in its installations`,
      );
    }
    if (app.installations === 0) {
      throw this.weak(
        `the GitHub App ${name} is not installed anywhere: install it for the owners of the repositories`,
      );
    }
  }

  private weak(detail: string): UpstreamError {
    return new UpstreamError({
      kind: 'forbidden',
      source: this.sourceId,
      operation: 'checking the credentials',
      detail,
    });
  }

  private warnOfAnonymity(): void {
    if (this.warned) return;
    this.warned = true;
    this.logger.warn(
      `${this.sourceId}: integrations.github has neither a token nor apps for ${this.host}; only public repositories are read, with at most 60 requests an hour`,
    );
  }
}
