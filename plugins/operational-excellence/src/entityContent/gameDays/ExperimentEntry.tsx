import ScienceIcon from '@material-ui/icons/BubbleChart';
import WarningIcon from '@material-ui/icons/Warning';
import type { ExperimentItem } from 'backstage-plugin-operational-excellence-common';
import { useEntryStyles } from '../../exercises';
import { stopConditions } from '../../guardrails';
import { dayOf, Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import { gameDayVerdict } from '../experiments/gameDayVerdict';
import { ExternalLink } from '../ExternalLink';
import { TonedLabel } from '../../states';

/** One experiment among the exercises of a service. */
export const ExperimentEntry = (props: {
  experiment: ExperimentItem;
  now: number;
}) => {
  const { experiment, now } = props;
  const { createdAt, startedAt, state, title, url } = experiment;
  const classes = useEntryStyles();
  const words = useTimeWords();
  const { t } = useTexts();
  const outcome = t(`outcome.${state}`);
  const at = startedAt ?? createdAt;
  const isUnguarded =
    startedAt !== null &&
    !experiment.dryRun &&
    !stopConditions(experiment.guardrails).length;
  return (
    <li className={classes.root}>
      <div className={classes.head}>
        <TonedLabel icon={ScienceIcon} tone="uncertain">
          {t('exercises.tab.experiment')}
        </TonedLabel>
        <span className={classes.title}>
          <ExternalLink url={url}>{title}</ExternalLink>
        </span>
        <span className={classes.secondary}>{outcome}</span>
      </div>
      <div>
        <Moment instant={at}>{`${dayOf(at)} (${words.ago(at, now)})`}</Moment>
      </div>
      {isUnguarded && (
        <div>
          <TonedLabel icon={WarningIcon} tone="critical">
            {t('exercises.unguarded')}
          </TonedLabel>
        </div>
      )}
      <div className={classes.secondary}>
        {t(`tab.experiments.${gameDayVerdict(experiment)}`, { outcome })}
      </div>
    </li>
  );
};
