import { useApi } from '@backstage/frontend-plugin-api';
import {
  operationalExcellenceSourceReadPermission,
  type Source,
  type SourceScope,
} from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../api';
import { usePolling } from '../loading';
import { usePages } from '../paging';
import { useIsNarrow } from '../scorecard/useIsNarrow';
import { useTexts } from '../translation';
import { PagedList } from './PagedList';
import { healthsOf, ScopeHealth } from './ScopeFilters';
import { ScopeItems } from './ScopeItems';
import { ScopeTable } from './ScopeTable';
import { Syncing } from './useSync';

const PAGE_SIZE = 20;

/** The scopes of a source that a search leaves, page by page. */
export const ScopeList = (props: {
  source: Source;
  q: string;
  health: ScopeHealth;
  now: number;
  syncing: Syncing;
}) => {
  const { source, q, health, now, syncing } = props;
  const api = useApi(operationalExcellenceApiRef);
  const isNarrow = useIsNarrow();
  const { t } = useTexts();
  const key = JSON.stringify([source.id, health, q]);
  const { list, more } = usePages(key, (cursor, signal) =>
    api.getSourceScopes(
      source.id,
      {
        health: healthsOf(health),
        q: q || undefined,
        limit: PAGE_SIZE,
        cursor,
      },
      { signal },
    ),
  );
  usePolling(list);

  const empty = () => {
    if (source.scopes.total === 0) return t('sources.noScopes');
    return health === 'unhealthy' && !q
      ? t('sources.allHealthy')
      : t('sources.noScopeMatches');
  };
  const sync = async (scope: SourceScope) => {
    await syncing.sync({ source, scope });
    if ('reload' in list) list.reload();
  };
  const Scopes = isNarrow ? ScopeItems : ScopeTable;

  return (
    <PagedList
      list={list}
      more={more}
      listKey={key}
      loadingLabel={t('sources.loadingScopes')}
      empty={empty()}
      permission={operationalExcellenceSourceReadPermission.name}
    >
      {scopes => (
        <Scopes
          source={source}
          scopes={scopes}
          now={now}
          isAsking={scope => syncing.isAsking({ source, scope })}
          onSync={sync}
        />
      )}
    </PagedList>
  );
};
