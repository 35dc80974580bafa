import { useApi } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import {
  operationalExcellenceSourceReadPermission,
  type Source,
  type SourceProblem,
} from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../api';
import { CopyableSnippet } from '../entityCard/CopyableSnippet';
import { usePolling } from '../loading';
import { usePages } from '../paging';
import { Moment, useTimeWords } from '../time';
import { useTexts } from '../translation';
import { annotationYaml } from './annotationYaml';
import { PagedList } from './PagedList';
import { ServiceItem } from './ServiceItem';

const PAGE_SIZE = 20;

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  note: { fontSize: '0.8125rem', color: theme.palette.text.secondary },
}));

const Problem = (props: { problem: SourceProblem; now: number }) => {
  const { problem, now } = props;
  const { container, meant, message, since, suggestion, title } = problem;
  const classes = useStyles();
  const words = useTimeWords();
  const { t } = useTexts();
  return (
    <ServiceItem service={problem}>
      <div>
        {container === null
          ? t('sources.problems.malformed')
          : t('sources.problems.missing', { container })}
        {since && (
          <>
            {' '}
            <span className={classes.note}>
              <Moment instant={since}>
                {t('sources.problems.since', { ago: words.ago(since, now) })}
              </Moment>
            </span>
          </>
        )}
      </div>
      <div className={classes.note}>{message}</div>
      {meant !== null && (
        <div>{t('sources.problems.meant', { name: meant })}</div>
      )}
      {suggestion && (
        <CopyableSnippet
          text={annotationYaml(suggestion)}
          label={t('sources.copyFor', { service: title })}
        />
      )}
    </ServiceItem>
  );
};

/** What services name in a source that does not exist or cannot be read. */
export const SourceProblems = (props: { source: Source; now: number }) => {
  const { source, now } = props;
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const key = JSON.stringify(['problems', source.id]);
  const { list, more } = usePages(key, (cursor, signal) =>
    api.getSourceProblems(source.id, { limit: PAGE_SIZE, cursor }, { signal }),
  );
  usePolling(list);
  return (
    <PagedList
      list={list}
      more={more}
      listKey={key}
      loadingLabel={t('sources.problems.loading')}
      empty={t('sources.problems.none')}
      permission={operationalExcellenceSourceReadPermission.name}
    >
      {problems => (
        <ul className={classes.list} aria-label={t('sources.problems.title')}>
          {problems.map(problem => (
            <Problem
              key={JSON.stringify([
                problem.entityRef,
                problem.scope,
                problem.container,
              ])}
              problem={problem}
              now={now}
            />
          ))}
        </ul>
      )}
    </PagedList>
  );
};
