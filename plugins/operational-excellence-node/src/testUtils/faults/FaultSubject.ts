import { Instant } from 'backstage-plugin-operational-excellence-common';
import { MisbehavingUpstream } from '../upstream';
import { Truth } from './TruthLog';
import { UpstreamProtocol } from './UpstreamProtocol';

/**
 * What a portal shows of a service.
 *
 * @public
 */
export interface Reading {
  /** In the form of {@link Truth.figures}. */
  figures: unknown | 'unknown';
  /** When they were last checked, as the portal claims. */
  checkedAt: Instant | null;
  /** What is stored, named as in {@link Truth.rows}. */
  rows: readonly string[];
}

/**
 * A source of a running portal, the upstream that it reads through a
 * {@link MisbehavingUpstream}, and a service whose figures come from it alone.
 *
 * @public
 */
export interface FaultSubject {
  /** Between the source and `serverUrl`. */
  readonly upstream: MisbehavingUpstream;
  readonly serverUrl: string;
  readonly protocol: UpstreamProtocol;
  /** How long figures are believed after the last good answer, milliseconds. */
  readonly toleranceMs: number;
  /**
   * For how long the source takes its credentials for good without asking again,
   * milliseconds; 0 if left out. No fault begins before.
   */
  readonly trustMs?: number;

  /**
   * Starts the portal's first read of the source, and waits for its end.
   */
  begin(): Promise<void>;
  /** Reads the source once more, and waits for the end, good or bad. */
  sync(): Promise<void>;
  read(): Promise<Reading>;

  truth(): Truth;
  /**
   * Changes upstream what figures depend on, more than fits on a page where that
   * is possible; no row more than once.
   *
   * @param onStep - to be called after each change
   */
  change(onStep: () => void): Promise<void>;
  /** The same for a single row. */
  changeOne(): Promise<void>;
}
