import { ServiceDescriptor } from '../../sources';
import { EventCapability, EventsOfUpstream } from './events';
import { FailingUpstream, UpstreamFailure } from './failures';

/**
 * A handle on what runs experiments behind an experiment source, by which the
 * contract makes things happen there. It holds no experiment at first, and all
 * of them are within the first scope of the source.
 *
 * @public
 */
export interface ExperimentUpstreamDriver
  extends FailingUpstream,
    EventsOfUpstream {
  /** A service whose annotations say which experiments exercise it. */
  readonly service: ServiceDescriptor;
  /** Sets of annotations that cannot be read. */
  readonly malformedAnnotations?: readonly Record<string, string>[];
  /** How many experiments the source lists with one request at most. */
  readonly pageSize: number;

  /**
   * Starts an experiment whose actions are running when this returns, or are
   * being skipped where it is a dry run.
   *
   * @returns its `externalId`
   */
  start(experiment: {
    tags: Record<string, string>;
    dryRun: boolean;
  }): Promise<string>;
  /** Lets an experiment that is running come to its end. */
  end(externalId: string, state: 'completed' | 'stopped'): Promise<void>;
  /** Makes an experiment end as `cancelled` or `failed` before any action ran. */
  endUnstarted?(): Promise<string>;
  /** Changes the tags of an experiment. */
  tag?(externalId: string, tags: Record<string, string>): Promise<void>;
  /** Forgets an experiment, as upstreams do after a while. */
  forget?(externalId: string): Promise<void>;
  /** How often the upstream was asked for this experiment by itself. */
  readsOf?(externalId: string): number;
}

/**
 * What the driver of an experiment source, or the source itself, may lack.
 *
 * @public
 */
export type ExperimentCapability =
  | 'malformedAnnotations'
  | 'endUnstarted'
  | 'tag'
  | 'forget'
  | 'readsOf'
  | 'failLater'
  | 'hintedReads'
  | EventCapability
  | `failure:${UpstreamFailure}`;
