import { useApi } from '@backstage/frontend-plugin-api';
import FormHelperText from '@material-ui/core/FormHelperText';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import { operationalExcellenceApiRef } from '../../api';
import { FacetFilter, useFacetTitles } from '../../facets';
import { useLoadable } from '../../loading';
import { useTexts } from '../../translation';
import { FILTER_KEYS } from '../words';
import { filterOf, InitiativeDraft } from './InitiativeDraft';

const PAUSE_MS = 300;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(1.5),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 220px), 1fr))',
    margin: 0,
    padding: 0,
    border: 'none',
    minWidth: 0,
  },
  legend: {
    padding: theme.spacing(0, 0, 1),
    fontSize: '0.875rem',
    fontWeight: 600,
  },
  count: { gridColumn: '1 / -1', margin: 0, fontSize: '0.875rem' },
}));

/** Which services it is for, and how many that leaves. */
export const ServiceFields = (props: {
  id: string;
  draft: InitiativeDraft;
  change: (change: Partial<InitiativeDraft>) => void;
  problem: string | undefined;
}) => {
  const { change, draft, id, problem } = props;
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const filter = filterOf(draft);
  const typed = JSON.stringify(filter);
  const [asked, setAsked] = useState(typed);
  useDebounce(() => setAsked(typed), PAUSE_MS, [typed]);
  const counted = useLoadable(asked, async signal => ({
    asked,
    facets: await api.getServiceFacets(
      { ...JSON.parse(asked), limit: 0 },
      { signal },
    ),
  }));
  const { titleOf } = useFacetTitles(draft.filters);

  const count = () => {
    if (problem) return undefined;
    if (counted.status === 'failed')
      return t('initiatives.form.matchingFailed');
    if (counted.status !== 'ready' || counted.value.asked !== typed) {
      return undefined;
    }
    return t('initiatives.form.matching', {
      count: counted.value.facets.state.reduce(
        (sum, each) => sum + each.count,
        0,
      ),
    });
  };
  return (
    <fieldset className={classes.root}>
      <legend className={classes.legend}>
        {t('initiatives.form.services')}
      </legend>
      {FILTER_KEYS.map(key => (
        <FacetFilter
          key={key}
          label={t(`scorecard.${key}`)}
          facet={key}
          filter={filter}
          titleOf={titleOf}
          value={draft.filters[key]}
          onChange={values =>
            change({ filters: { ...draft.filters, [key]: values } })
          }
        />
      ))}
      <TextField
        id={`${id}-q`}
        size="small"
        variant="outlined"
        label={t('initiatives.form.q')}
        value={draft.q}
        onChange={({ target }) => change({ q: target.value })}
        error={problem !== undefined}
        helperText={problem}
      />
      <FormHelperText component="p" role="status" className={classes.count}>
        {count() ?? '\u00a0'}
      </FormHelperText>
    </fieldset>
  );
};
