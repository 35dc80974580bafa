import type { ExperimentItem } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../../translation';
import { ExternalLink } from '../ExternalLink';
import { useListStyles } from '../useListStyles';
import { ExperimentActions } from './ExperimentActions';

/** Which experiment it was, where it ran and what it did. */
export const ExperimentName = (props: { experiment: ExperimentItem }) => {
  const { accountId, actions, id, region, title, url } = props.experiment;
  const classes = useListStyles();
  const { t } = useTexts();
  return (
    <>
      <ExternalLink url={url}>{title}</ExternalLink>
      <div className={classes.secondary}>{id}</div>
      <div className={classes.secondary}>
        {t('tab.experiments.where', { account: accountId, region })}
      </div>
      <ExperimentActions actions={actions} />
    </>
  );
};
