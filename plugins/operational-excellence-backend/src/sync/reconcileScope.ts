import { Knex } from 'knex';
import { TicketSource } from 'backstage-plugin-operational-excellence-node';
import { TicketStore } from '../tickets';
import { guarded } from './guarded';
import { ClaimedScope } from './ScopeClaims';

/**
 * Finds what is stored of a scope and no longer exists upstream. What was stored
 * after this began is never among it.
 *
 * @param options - `containers`: those that services name; `verify`: proves the credentials anew; called before the
 * answer that nothing at all exists is believed
 * @returns external ids
 */
export async function findMissing(
  source: TicketSource,
  scope: ClaimedScope,
  options: {
    containers: readonly string[];
    db: Knex;
    tickets: TicketStore;
    signal: AbortSignal;
    stallMs: number;
    verify: () => Promise<void>;
  },
): Promise<Set<string>> {
  const { containers, db, signal, stallMs, tickets, verify } = options;
  if (!source.reconcile) return new Set();

  const missing = await tickets.externalIds(db, scope.id, { now: Date.now() });
  const stored = missing.size;
  let named = 0;
  const pages = guarded(
    source.reconcile({ key: scope.key, containers }, { signal }),
    { signal, stallMs },
  );
  for await (const page of pages) {
    named += page.length;
    page.forEach(externalId => missing.delete(externalId));
  }
  if (named === 0 && stored > 0) await verify();
  return missing;
}
