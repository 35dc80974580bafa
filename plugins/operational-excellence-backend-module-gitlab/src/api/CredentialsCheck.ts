import { LoggerService } from '@backstage/backend-plugin-api';
import { UpstreamError } from 'backstage-plugin-operational-excellence-node';
import { GitlabApi } from './GitlabApi';

/** What lets a token read issues. */
const READING = ['api', 'read_api'];

/** Proves the token that `integrations.gitlab` has for one host. */
export class CredentialsCheck {
  static create(options: {
    sourceId: string;
    host: string;
    api: GitlabApi;
    logger: LoggerService;
  }): CredentialsCheck {
    const { sourceId, host, api, logger } = options;
    return new CredentialsCheck(sourceId, host, api, logger);
  }

  private warned = false;

  private constructor(
    private readonly sourceId: string,
    private readonly host: string,
    private readonly api: GitlabApi,
    private readonly logger: LoggerService,
  ) {}

  /**
   * @throws UpstreamError where it is refused, or too weak to read issues
   */
  async run(signal: AbortSignal): Promise<void> {
    if (!this.api.hasToken) {
      await this.api.checkAnswers(signal);
      this.warnOfAnonymity();
      return;
    }
    const scopes = await this.api.tokenScopes(signal);
    if (scopes === undefined) {
      await this.api.userId(signal);
    } else if (!scopes.some(scope => READING.includes(scope))) {
      throw new UpstreamError({
        kind: 'forbidden',
        source: this.sourceId,
        operation: 'checking the credentials',
        detail: `the token of ${this.host} in integrations.gitlab has ${
          scopes.length ? `only the scopes ${scopes.join(', ')}` : 'no scope'
        }: give it read_api, or api to file issues as well`,
      });
    }
  }

  private warnOfAnonymity(): void {
    if (this.warned) return;
    this.warned = true;
    this.logger.warn(
      `${this.sourceId}: integrations.gitlab has no token for ${this.host}; only public projects are read, and nothing can be filed`,
    );
  }
}
