import { ConnectedSource } from '../sources';
import { orStopped } from './guarded';

interface Verification {
  outcome: Promise<void>;
  /** Until when the outcome stands; `undefined` while it is awaited. */
  until?: number;
}

export interface SourceVerifierOptions {
  /** How long proven credentials are trusted, milliseconds. */
  trustMs: number;
  /** How long a failed proof speaks for all scopes of the source, milliseconds. */
  distrustMs: number;
  timeoutMs: number;
  now?: () => number;
}

/**
 * Has sources prove their credentials before they are read: at first, after any
 * failure, and otherwise after a while. Runs that need the proof at the same time
 * share it.
 */
export class SourceVerifier {
  readonly #options: Required<SourceVerifierOptions>;
  readonly #verifications = new Map<string, Verification>();

  static create(options: SourceVerifierOptions) {
    return new SourceVerifier(options);
  }

  private constructor(options: SourceVerifierOptions) {
    this.#options = { ...options, now: options.now ?? Date.now };
  }

  /**
   * @param signal - ends the proof itself; it may be shared, so it must not be
   * that of a single run
   * @throws what the source throws
   */
  async verify(
    connected: ConnectedSource,
    options: { signal: AbortSignal },
  ): Promise<void> {
    const { now } = this.#options;
    const known = this.#verifications.get(connected.id);
    if (known && (known.until === undefined || known.until > now())) {
      return known.outcome;
    }
    return this.verifyAnew(connected, options);
  }

  /** The same, whatever was proven before. */
  async verifyAnew(
    { id, source }: ConnectedSource,
    { signal }: { signal: AbortSignal },
  ): Promise<void> {
    const { distrustMs, now, timeoutMs, trustMs } = this.#options;
    const verification: Verification = {
      outcome: orStopped(() => source.verify({ signal }), {
        signal,
        stallMs: timeoutMs,
      }),
    };
    this.#verifications.set(id, verification);
    try {
      await verification.outcome;
      verification.until = now() + trustMs;
    } catch (error) {
      verification.until = now() + distrustMs;
      throw error;
    }
  }

  /** Notes that a read failed, so that the next one needs a new proof. */
  distrust(sourceId: string) {
    const known = this.#verifications.get(sourceId);
    if (known?.until !== undefined) this.#verifications.delete(sourceId);
  }
}
