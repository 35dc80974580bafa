import { Asking, RedmineApi } from './RedmineApi';

/** How long a proof speaks for what is read right after it. */
const FRESH_MS = 10_000;

/** That the key belongs to a user. */
export interface Proof {
  userId: number;
  /** Redmine's clock at the proof; ours where it does not tell. */
  at: number;
  /** Our clock at the proof. */
  ourAt: number;
}

/**
 * Proves the API key. To a wrong one, and with its API switched off, Redmine
 * answers most questions as to any visitor, with few rows or none; so nothing is
 * read that was not preceded by a proof.
 */
export class CredentialsProof {
  static create(api: RedmineApi): CredentialsProof {
    return new CredentialsProof(api);
  }

  private last: Proof | undefined;

  private constructor(private readonly api: RedmineApi) {}

  /** @throws UpstreamError where the key is not good */
  async anew(asking: Asking): Promise<Proof> {
    this.last = undefined;
    const ourAt = Date.now();
    const { id, at } = await this.api.currentUser(asking);
    this.last = { userId: id, at: at ?? ourAt, ourAt };
    return this.last;
  }

  /** The same, unless it was proven a moment ago. */
  async fresh(asking: Asking): Promise<Proof> {
    const age = this.last && Date.now() - this.last.ourAt;
    return this.last && age !== undefined && age >= 0 && age < FRESH_MS
      ? this.last
      : this.anew(asking);
  }
}
