import { FileTicketRequest, ServiceDescriptor } from '../../sources';
import { EventCapability, EventsOfUpstream } from './events';
import { FailingUpstream, UpstreamFailure } from './failures';

/**
 * A handle on the tracker behind a ticket source, by which the contract makes
 * things happen there. All of it happens within the scope that `service` names,
 * which is empty at first.
 *
 * @public
 */
export interface TicketUpstreamDriver
  extends FailingUpstream,
    EventsOfUpstream {
  /** A service whose annotations name the scope. */
  readonly service: ServiceDescriptor;
  /** Sets of annotations that cannot be read. */
  readonly malformedAnnotations?: readonly Record<string, string>[];
  /** How many tickets the source reads with one request at most. */
  readonly pageSize: number;

  /**
   * Creates tickets, in the order given.
   *
   * @returns the `externalId` of each
   */
  create(
    ...tickets: { title: string; improvement: boolean }[]
  ): Promise<string[]>;
  close(externalId: string): Promise<void>;
  reopen(externalId: string): Promise<void>;
  /** Makes it an improvement by the source's rule, or an ordinary ticket. */
  classify(externalId: string, improvement: boolean): Promise<void>;
  /** Makes the tracker tell that work on it began. */
  begin?(externalId: string): Promise<void>;
  delete?(externalId: string): Promise<void>;
  /** Creates what the tracker lists among tickets, but is none. */
  createNoise?(): Promise<void>;
  /**
   * Creates a ticket that the tracker does not list before `index` is called,
   * though it counts as changed now.
   */
  createUnindexed?(ticket: {
    title: string;
    improvement: boolean;
  }): Promise<{ externalId: string; index(): Promise<void> }>;
  /** Makes the tracker do the next write and break the connection instead of answering. */
  loseNextAnswer?(): Promise<void>;
  /** What a request to file a ticket must hold beside texts. */
  readonly fileRequest?: Pick<
    FileTicketRequest,
    'scopeKey' | 'container' | 'labels' | 'priority'
  >;
}

/**
 * What the driver of a ticket source, or the source itself, may lack.
 *
 * @public
 */
export type TicketCapability =
  | 'malformedAnnotations'
  | 'begin'
  | 'delete'
  | 'noise'
  | 'unindexed'
  | 'failLater'
  | 'reconcile'
  | 'file'
  | 'lostAnswers'
  | 'hintedReads'
  | EventCapability
  | `failure:${UpstreamFailure}`;
