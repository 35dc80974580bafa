import { LoggerService } from '@backstage/backend-plugin-api';
import { SourceRegistry } from '../sources';
import { ScopeGroups, StatusUpdater } from '../status';
import { HintedScopes } from './HintedScopes';
import { ScopeClaims } from './ScopeClaims';
import { SourceStores } from './sourcePages';
import { SourceVerifier } from './SourceVerifier';
import { SyncEngine } from './SyncEngine';

const MINUTE_MS = 60_000;

/** An engine with the times that do well for sources over the internet. */
export function createSyncEngine(options: {
  claims: ScopeClaims;
  concurrency: number;
  groups: ScopeGroups;
  hints: HintedScopes;
  logger: LoggerService;
  sources: SourceRegistry;
  status: StatusUpdater;
  stores: SourceStores;
}): SyncEngine {
  return SyncEngine.create({
    ...options,
    stallMs: 10 * MINUTE_MS,
    verifier: SourceVerifier.create({
      trustMs: 15 * MINUTE_MS,
      distrustMs: MINUTE_MS / 6,
      timeoutMs: 2 * MINUTE_MS,
    }),
  });
}
