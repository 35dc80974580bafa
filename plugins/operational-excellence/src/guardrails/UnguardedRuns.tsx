import { useApi } from '@backstage/frontend-plugin-api';
import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import type {
  ExperimentItem,
  ExperimentTemplateItem,
} from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../api';
import { ExternalLink } from '../entityContent/ExternalLink';
import { ListSkeleton } from '../entityContent/ListSkeleton';
import { Note } from '../entityContent/Note';
import { Section } from '../entityContent/Section';
import { LoadFailure } from '../feedback';
import { useLoadable } from '../loading';
import { LoadMore, usePages } from '../paging';
import { useTimeWords } from '../time';
import { useTexts } from '../translation';
import { LeverNotes } from './LeverNotes';

const PAGE_SIZE = 5;
const SHOWN_TEMPLATES = 5;

const useStyles = makeStyles(theme => ({
  list: { margin: 0, padding: theme.spacing(0, 2), listStyle: 'none' },
  item: {
    padding: theme.spacing(1, 0),
    borderTop: `1px solid ${theme.palette.divider}`,
    overflowWrap: 'anywhere',
  },
  secondary: { fontSize: '0.8125rem', color: theme.palette.text.secondary },
  names: { margin: 0, paddingLeft: theme.spacing(3) },
}));

const Run = (props: { experiment: ExperimentItem; now: number }) => {
  const { experiment, now } = props;
  const classes = useStyles();
  const words = useTimeWords();
  const { t } = useTexts();
  return (
    <li className={classes.item}>
      <ExternalLink url={experiment.url}>{experiment.title}</ExternalLink>
      <div className={classes.secondary}>
        {t('guardrails.unguarded.ranOn', {
          ago: words.ago(experiment.startedAt ?? experiment.createdAt, now),
          account: experiment.accountId,
          region: experiment.region,
        })}
      </div>
      <div>
        {t('guardrails.unguarded.services')}{' '}
        {experiment.entityRefs.length ? (
          <EntityRefLinks
            entityRefs={experiment.entityRefs}
            defaultKind="component"
          />
        ) : (
          t('guardrails.unguarded.noService')
        )}
      </div>
    </li>
  );
};

const UnguardedTemplates = (props: {
  templates: ExperimentTemplateItem[];
  count: number;
}) => {
  const { count, templates } = props;
  const classes = useStyles();
  const { t } = useTexts();
  if (!count) return null;
  return (
    <Note>
      {t('guardrails.unguarded.templates', { count })}
      <ul className={classes.names}>
        {templates.map(({ id, sourceId, title, url }) => (
          <li key={`${sourceId} ${id}`}>
            <ExternalLink url={url}>{title}</ExternalLink>
          </li>
        ))}
        {count > templates.length && (
          <li>
            {t('guardrails.unguarded.more', {
              count: count - templates.length,
            })}
          </li>
        )}
      </ul>
    </Note>
  );
};

/** What of the whole organisation runs, or would run, without guardrails. */
export const UnguardedRuns = (props: { now: number }) => {
  const { now } = props;
  const api = useApi(operationalExcellenceApiRef);
  const classes = useStyles();
  const { t } = useTexts();
  const { list, more } = usePages('unguarded', (cursor, signal) =>
    api.getExperiments(
      { unguarded: 'true', sort: '-createdAt', limit: PAGE_SIZE, cursor },
      { signal },
    ),
  );
  const others = useLoadable('guardrails', async signal => {
    const [templates, levers] = await Promise.all([
      api.getExperimentTemplates(
        { unguarded: 'true', limit: SHOWN_TEMPLATES },
        { signal },
      ),
      api.getSafetyLevers({ signal }),
    ]);
    return { templates, levers };
  });

  const runs = () => {
    if (list.status === 'loading') {
      return <ListSkeleton label={t('guardrails.unguarded.loading')} />;
    }
    if (list.status !== 'ready') return <LoadFailure failure={list} />;
    if (!list.value.items.length) {
      return <Note>{t('guardrails.unguarded.empty')}</Note>;
    }
    return (
      <>
        <Note>{t('guardrails.unguarded.intro')}</Note>
        <ul className={classes.list}>
          {list.value.items.map(experiment => (
            <Run
              key={`${experiment.sourceId} ${experiment.id}`}
              experiment={experiment}
              now={now}
            />
          ))}
        </ul>
        <LoadMore pages={list.value} more={more} />
      </>
    );
  };
  return (
    <Section title={t('guardrails.unguarded.title')}>
      {others.status === 'ready' && (
        <LeverNotes levers={others.value.levers.items} />
      )}
      {runs()}
      {others.status === 'ready' && (
        <UnguardedTemplates
          templates={others.value.templates.items}
          count={others.value.templates.totalItems}
        />
      )}
      {others.status === 'failed' && <LoadFailure failure={others} />}
    </Section>
  );
};
