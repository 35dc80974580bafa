import { ExperimentSource } from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import { guarded } from './guarded';
import { ClaimedScope, ScopeClaims } from './ScopeClaims';
import { namedScope, SourceStores } from './sourcePages';

/**
 * Reads what limits the harm of the experiments of a scope, and stores it page by
 * page.
 *
 * @param options - `store`: runs one transaction of the run
 * @returns how many templates no longer exist
 */
export async function storeGuardrails(
  source: ExperimentSource,
  scope: ClaimedScope,
  options: {
    claims: ScopeClaims;
    signal: AbortSignal;
    stallMs: number;
    stores: SourceStores;
    store(work: (tx: Knex.Transaction) => Promise<void>): Promise<void>;
  },
): Promise<number> {
  const { claims, signal, stallMs, store } = options;
  const { db, guardrails } = options.stores;
  const { id: scopeId, sourceId } = scope;
  if (!source.guardrails) return 0;

  const existing = new Set<string>();
  const pages = guarded(
    source.guardrails(namedScope(source, scope), {
      signal,
      known: externalIds => guardrails.known(db, sourceId, externalIds),
    }),
    { signal, stallMs },
  );
  for await (const page of pages) {
    page.templates.forEach(({ externalId }) => existing.add(externalId));
    page.unchanged.forEach(externalId => existing.add(externalId));
    await store(async tx => {
      await claims.count(tx, scope, page);
      await guardrails.storePage(tx, { ...page, sourceId, scopeId });
    });
    signal.throwIfAborted();
  }
  let removed = 0;
  await store(async tx => {
    await claims.hold(tx, scope);
    removed = await guardrails.removeOthers(tx, { scopeId, existing });
  });
  return removed;
}
