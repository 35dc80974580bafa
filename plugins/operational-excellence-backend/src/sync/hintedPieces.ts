import { Knex } from 'knex';
import { ConnectedSource } from '../sources';
import { HintedScope } from './HintedScopes';
import { Claim } from './ScopeClaims';
import { SourceStores, ticketSyncScope } from './sourcePages';

/** A part of what was read of a scope because events hinted at it. */
export interface HintedPiece {
  /** How many upstream requests it took. */
  requests: number;
  /** Whether something of it is not there any more. */
  isOneGone: boolean;
  /** Stores the piece; answers the services whose figures may have changed. */
  store(tx: Knex.Transaction): Promise<number[]>;
}

/** Asks a source for what events hinted at, as it is now. */
export async function* hintedPieces(
  connected: ConnectedSource,
  claim: Claim,
  options: {
    refs: HintedScope['refs'];
    stores: SourceStores;
    signal: AbortSignal;
  },
): AsyncGenerator<HintedPiece, void, undefined> {
  const { refs, signal } = options;
  const { db, experiments, tickets } = options.stores;
  const { id: scopeId, key, sourceId } = claim;

  if (connected.kind === 'ticket') {
    const { source } = connected;
    if (!source.readHinted) return;
    const scope = await ticketSyncScope(db, claim);
    for await (const piece of source.readHinted(scope, { refs, signal })) {
      yield {
        requests: piece.requests,
        isOneGone: piece.isOneGone ?? false,
        store: tx =>
          tickets.storePage(tx, { sourceId, scopeId, tickets: piece.tickets }),
      };
    }
    return;
  }

  const { source } = connected;
  const named = source.scopes().find(scope => scope.key === key);
  if (!named || !source.readHinted) return;
  for await (const piece of source.readHinted(named, { refs, signal })) {
    yield {
      requests: piece.requests,
      isOneGone: false,
      store: tx =>
        experiments.storePage(tx, {
          sourceId,
          scopeId,
          experiments: piece.experiments,
        }),
    };
  }
}
