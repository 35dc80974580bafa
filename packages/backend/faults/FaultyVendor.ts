import { BackendFeature } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import {
  FaultSubject,
  Truth,
} from 'backstage-plugin-operational-excellence-node/testUtils';

/** How long figures are believed in a portal under faults. */
export const TOLERANCE = { text: 'PT6S', ms: 6_000 };

/** A source read by nobody but a test, with a service of its own. */
export type FaultyUpstream = Pick<
  FaultSubject,
  'upstream' | 'serverUrl' | 'protocol' | 'trustMs' | 'change' | 'changeOne'
> & {
  sourceId: string;
  /** Of the service whose figures come from this source. */
  annotations: Record<string, string>;
  truth(): Truth;
};

/** One kind of source, of which a portal has as many instances as there are faults. */
export interface FaultyVendor {
  name: string;
  /** The measure that its figures are of. */
  measure: 'backlog' | 'gameDay';
  /** Set where faults of one instance tell on the figures of others. */
  portalsOfTheirOwn?: boolean;
  /** Why it cannot be tested with some faults, by their ids. */
  lacks: Readonly<Record<string, string>>;
  features: readonly BackendFeature[];
  /** @param names - of the instances, lower case with hyphens */
  start(names: readonly string[]): Promise<StartedVendor>;
}

export interface StartedVendor {
  upstreams: ReadonlyMap<string, FaultyUpstream>;
  config: JsonObject;
  /** Called when the portal runs. */
  ready?(portalUrl: string): Promise<void>;
  stop(): Promise<void>;
}
