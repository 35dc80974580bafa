import { useApi } from '@backstage/frontend-plugin-api';
import Paper from '@material-ui/core/Paper';
import { operationalExcellenceApiRef } from '../../api';
import { ListSkeleton } from '../../entityContent/ListSkeleton';
import { Note } from '../../entityContent/Note';
import { LoadFailure } from '../../feedback';
import { useServiceChanges } from '../../improvements';
import { LoadMore, usePages } from '../../paging';
import { useNow } from '../../time';
import { useTexts } from '../../translation';
import { TestFilters } from './TestFilters';
import { Tests } from './Tests';
import { isFiltered, testsQuery, TestsView } from './testsView';

const PAGE_SIZE = 50;

/** The readiness tests of all services, narrowed by filters. */
export const TestList = (props: {
  view: TestsView;
  onChange: (change: Partial<TestsView>) => void;
}) => {
  const { onChange, view } = props;
  const api = useApi(operationalExcellenceApiRef);
  const now = useNow();
  const { t } = useTexts();
  const query = { ...testsQuery(view), limit: PAGE_SIZE };
  const key = `${JSON.stringify(query)} ${useServiceChanges()}`;
  const { list, more } = usePages(key, (cursor, signal) =>
    api.getReadinessTests({ ...query, cursor }, { signal }),
  );

  const content = () => {
    if (list.status === 'loading') {
      return <ListSkeleton label={t('readinessRuns.list.loading')} />;
    }
    if (list.status !== 'ready') return <LoadFailure failure={list} />;
    const isOutdated = list.value.key !== key;
    return (
      <div
        aria-busy={isOutdated}
        style={isOutdated ? { opacity: 0.6 } : undefined}
      >
        {list.value.items.length > 0 ? (
          <>
            <Tests
              label={t('readinessRuns.title')}
              tests={list.value.items}
              now={now}
            />
            <LoadMore pages={list.value} more={more} />
          </>
        ) : (
          !isOutdated && (
            <Note>
              {isFiltered(view)
                ? t('readinessRuns.list.noMatch')
                : t('readinessRuns.list.none')}
            </Note>
          )
        )}
      </div>
    );
  };

  return (
    <>
      <TestFilters view={view} onChange={onChange} />
      <Paper>{content()}</Paper>
    </>
  );
};
