import { EventParams } from '@backstage/plugin-events-node';

/**
 * That something of a scope may have changed upstream. A hint only says what to
 * read: figures never come from an event.
 *
 * @public
 */
export interface SyncHint {
  /** The scope's key. One that no service names is ignored. */
  scopeKey: string;
  /**
   * What may have changed, in the source's own words, such as the number of an
   * issue; the whole scope if left out.
   */
  ref?: string;
}

/**
 * How a source understands events.
 *
 * @public
 */
export interface SourceEvents {
  /** The topics of the events service, such as `github.issues`. */
  readonly topics: readonly string[];

  /**
   * What an event hints at; nothing where it does not concern the source. Goes
   * by topic and payload: events that come by way of another replica carry no
   * metadata, such as the headers of a webhook.
   *
   * @throws MalformedEventError where it is not what the topic promises
   */
  hintsOf(event: EventParams): SyncHint[];
}

/**
 * Thrown by a source that cannot read an event. It is logged with the message,
 * which must not quote the payload.
 *
 * @public
 */
export class MalformedEventError extends Error {
  override readonly name = 'MalformedEventError';

  /** @param expected - what the event lacks, such as `issue.number, an integer` */
  constructor(expected: string) {
    super(`Expected ${expected}`);
  }
}
