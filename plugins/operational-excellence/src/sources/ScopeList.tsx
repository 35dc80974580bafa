import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import type { Source } from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../api';
import { LoadFailure } from '../feedback';
import { LoadMore, usePages } from '../paging';
import { operationalExcellenceTranslationRef } from '../translation';
import { ScopeTable } from './ScopeTable';
import { usePolling } from './usePolling';

const PAGE_SIZE = 20;
const UNHEALTHY = ['failing', 'stale', 'never'];

/** The scopes of a source that a search leaves, page by page. */
export const ScopeList = (props: {
  source: Source;
  q: string;
  onlyUnhealthy: boolean;
  now: number;
}) => {
  const { source, q, onlyUnhealthy, now } = props;
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  const key = JSON.stringify([source.id, onlyUnhealthy, q]);
  const { list, more } = usePages(key, (cursor, signal) =>
    api.getSourceScopes(
      source.id,
      {
        health: onlyUnhealthy ? UNHEALTHY : undefined,
        q: q || undefined,
        limit: PAGE_SIZE,
        cursor,
      },
      { signal },
    ),
  );
  usePolling(list);

  const empty = () => {
    if (q) return t('sources.noScopeMatches');
    return onlyUnhealthy && source.scopes.total > 0
      ? t('sources.allHealthy')
      : t('sources.noScopes');
  };

  if (list.status === 'loading') {
    return (
      <div role="status" aria-label={t('sources.loadingScopes')}>
        <Skeleton height={40} />
        <Skeleton height={40} />
      </div>
    );
  }
  if (list.status !== 'ready') return <LoadFailure failure={list} />;
  // While another list is read, the one before stays, but for what it is.
  const outdated = list.value.key !== key;
  return (
    <div aria-busy={outdated} style={outdated ? { opacity: 0.6 } : undefined}>
      {list.value.items.length ? (
        <>
          <ScopeTable source={source} scopes={list.value.items} now={now} />
          <LoadMore pages={list.value} more={more} />
        </>
      ) : (
        !outdated && <Typography variant="body2">{empty()}</Typography>
      )}
    </div>
  );
};
