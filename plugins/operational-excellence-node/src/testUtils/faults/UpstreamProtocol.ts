import { Behaviour, PassedAnswer, ReceivedRequest } from '../upstream';

/**
 * A row of a list, as an upstream writes it.
 *
 * @public
 */
export type Row = Record<string, unknown>;

/**
 * What faults need to know of an upstream, so that what it answers in them could
 * be its own.
 *
 * @public
 */
export interface UpstreamProtocol {
  /** Whether a request asks for rows. */
  isList(request: ReceivedRequest): boolean;
  /** Whether the answer to such a request says that there are more rows. */
  promisesMore(answer: PassedAnswer): boolean;
  /** The rows of a list's answer, given what its body holds. */
  rowsOf(body: unknown): Row[];
  /** The same answer with other rows; as the last page where there are none. */
  withRows(answer: PassedAnswer, rows: Row[]): PassedAnswer;
  /** The names of a row's instants of what happened last. */
  instants: readonly string[];
  /** How it answers a request with a key that it does not know. */
  badKey: Behaviour;
}
