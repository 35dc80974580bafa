import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { ExperimentSource, TicketSource } from './sources';

/**
 * Takes ticket sources from modules.
 *
 * @public
 */
export interface OperationalExcellenceTicketSourcesExtensionPoint {
  /**
   * Adds a connected tracker instance. Called by modules while they
   * initialise; throws where another source has the same id.
   */
  addTicketSource(...sources: TicketSource[]): void;
}

/** @public */
export const operationalExcellenceTicketSourcesExtensionPoint =
  createExtensionPoint<OperationalExcellenceTicketSourcesExtensionPoint>({
    id: 'operational-excellence.ticket-sources',
  });

/**
 * Takes experiment sources from modules.
 *
 * @public
 */
export interface OperationalExcellenceExperimentSourcesExtensionPoint {
  /**
   * Adds a source of experiments. Called by modules while they initialise;
   * throws where another source has the same id.
   */
  addExperimentSource(...sources: ExperimentSource[]): void;
}

/** @public */
export const operationalExcellenceExperimentSourcesExtensionPoint =
  createExtensionPoint<OperationalExcellenceExperimentSourcesExtensionPoint>({
    id: 'operational-excellence.experiment-sources',
  });

/**
 * Lets modules ask for a synchronisation, such as when they are told that
 * something changed upstream.
 *
 * @public
 */
export interface OperationalExcellenceSyncExtensionPoint {
  /**
   * Makes a scope, or all scopes of a source, due now. The run itself happens in
   * the background, on any replica. Requests that come before the backend has
   * started are kept until then; a scope that is running runs once more.
   */
  requestSync(request: { sourceId: string; scopeKey?: string }): Promise<void>;
}

/** @public */
export const operationalExcellenceSyncExtensionPoint =
  createExtensionPoint<OperationalExcellenceSyncExtensionPoint>({
    id: 'operational-excellence.sync',
  });
