import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import {
  readinessTestStateSchema,
  readinessVerdictSchema,
} from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../../api';
import { ChoiceFilter, FacetFilter, useFacetTitles } from '../../facets';
import { useLoadable } from '../../loading';
import { useTexts } from '../../translation';
import { CheckedFilter } from '../../search';
import { isFiltered, TestsView } from './testsView';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(1.5),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 220px), 1fr))',
    alignItems: 'center',
    padding: theme.spacing(2),
  },
  actions: {
    gridColumn: '1 / -1',
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    fontSize: '0.875rem',
  },
}));

/** What narrows the list of tests. */
export const TestFilters = (props: {
  view: TestsView;
  onChange: (change: Partial<TestsView>) => void;
}) => {
  const { onChange, view } = props;
  const api = useApi(operationalExcellenceApiRef);
  const classes = useStyles();
  const { t } = useTexts();
  const { titleOf } = useFacetTitles({ owner: view.owner });
  const templates = useLoadable('templates', signal =>
    api.getReadinessTemplates({}, { signal }),
  );

  return (
    <Paper
      role="search"
      aria-label={t('readinessRuns.list.filters')}
      className={classes.root}
    >
      <FacetFilter
        label={t('readinessRuns.list.owner')}
        facet="owner"
        titleOf={titleOf}
        value={view.owner}
        onChange={owner => onChange({ owner })}
      />
      <ChoiceFilter
        label={t('readinessRuns.list.template')}
        options={
          templates.status === 'ready'
            ? templates.value.items.map(({ id, title }) => ({
                value: id,
                title,
              }))
            : []
        }
        value={view.template}
        onChange={template => onChange({ template })}
      />
      <ChoiceFilter
        label={t('readinessRuns.list.state')}
        options={readinessTestStateSchema.options.map(value => ({
          value,
          title: t(`readinessRuns.state.${value}`),
        }))}
        value={view.state}
        onChange={state => onChange({ state })}
      />
      <ChoiceFilter
        label={t('readinessRuns.list.verdict')}
        options={readinessVerdictSchema.options.map(value => ({
          value,
          title: t(`readinessRuns.verdict.${value}`),
        }))}
        value={view.verdict}
        onChange={verdict => onChange({ verdict })}
      />
      <CheckedFilter
        label={t('readinessRuns.list.newest')}
        hint={t('readinessRuns.list.newestHint')}
        value={view.newest}
        onChange={newest => onChange({ newest })}
      />
      <CheckedFilter
        label={t('readinessRuns.list.onlyOutdated')}
        hint={t('readinessRuns.list.onlyOutdatedHint')}
        value={view.outdated}
        onChange={outdated => onChange({ outdated })}
      />
      {isFiltered(view) && (
        <div className={classes.actions}>
          {view.entityRef.map(service => (
            <span key={service}>
              {t('readinessRuns.list.forService', { service })}
            </span>
          ))}
          <Button
            size="small"
            onClick={() =>
              onChange({
                owner: [],
                entityRef: [],
                template: [],
                state: [],
                verdict: [],
                newest: false,
                outdated: false,
              })
            }
          >
            {t('readinessRuns.list.clear')}
          </Button>
        </div>
      )}
    </Paper>
  );
};
