/** What a request is signed with. */
export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

/** Gets credentials anew, such as by assuming a role. */
export type AwsCredentialsProvider = () => Promise<AwsCredentials>;

/** New ones are taken that long before the old ones expire. */
const EARLY_MS = 5 * 60_000;

/** For how long credentials that do not expire are kept: keys are rotated. */
const KEPT_MS = 5 * 60_000;

/**
 * Keeps credentials until shortly before they expire. The providers of
 * `@backstage/integration-aws-node` ask AWS STS each time they are called, and
 * each request needs a signature.
 */
export class CachedCredentials {
  readonly #provider: AwsCredentialsProvider;
  readonly #now: () => number;
  #current?: Promise<AwsCredentials>;
  #until = 0;

  static create(options: {
    provider: AwsCredentialsProvider;
    now?: () => number;
  }): CachedCredentials {
    return new CachedCredentials(options.provider, options.now ?? Date.now);
  }

  private constructor(provider: AwsCredentialsProvider, now: () => number) {
    this.#provider = provider;
    this.#now = now;
  }

  /** The credentials to sign with now; requests at the same time share one look. */
  async get(): Promise<AwsCredentials> {
    if (this.#current && this.#now() < this.#until) return await this.#current;
    const asked = this.#provider();
    this.#current = asked;
    this.#until = Infinity;
    try {
      const credentials = await asked;
      if (this.#current === asked) this.#until = this.#keptUntil(credentials);
      return credentials;
    } catch (error) {
      if (this.#current === asked) this.forget();
      throw error;
    }
  }

  /** Makes the next request get new ones, because AWS refused these. */
  forget(): void {
    this.#current = undefined;
  }

  #keptUntil({ expiration }: AwsCredentials): number {
    return expiration ? expiration.getTime() - EARLY_MS : this.#now() + KEPT_MS;
  }
}
