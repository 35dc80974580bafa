import { makeStyles } from '@material-ui/core/styles';
import type { ExperimentItem } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../../translation';

const useStyles = makeStyles(theme => ({
  root: { fontSize: '0.8125rem', color: theme.palette.text.secondary },
  summary: { cursor: 'pointer' },
  list: { margin: 0, paddingLeft: theme.spacing(2.5) },
}));

/** What an experiment did, on demand. */
export const ExperimentActions = (props: {
  actions: ExperimentItem['actions'];
}) => {
  const { actions } = props;
  const classes = useStyles();
  const { t } = useTexts();
  if (!actions.length) return null;
  return (
    <details className={classes.root}>
      <summary className={classes.summary}>
        {t('tab.experiments.actions', { count: actions.length })}
      </summary>
      <ul className={classes.list}>
        {actions.map(({ name, actionId, state }) => (
          <li key={name}>
            {t('tab.experiments.action', { name, action: actionId, state })}
          </li>
        ))}
      </ul>
    </details>
  );
};
