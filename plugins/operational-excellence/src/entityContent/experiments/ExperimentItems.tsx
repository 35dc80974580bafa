import type { ExperimentItem } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../../translation';
import { useRecordStyles } from '../useRecordStyles';
import { ExperimentName } from './ExperimentName';
import { ExperimentOutcome } from './ExperimentOutcome';
import { ExperimentStart } from './ExperimentStart';
import { gameDayVerdict } from './gameDayVerdict';
import { StopConditions } from './StopConditions';

/** Experiments below each other, where there is no room for a table. */
export const ExperimentItems = (props: {
  experiments: ExperimentItem[];
  now: number;
}) => {
  const { experiments, now } = props;
  const classes = useRecordStyles();
  const { t } = useTexts();
  return (
    <ul className={classes.list} aria-label={t('tab.experiments.title')}>
      {experiments.map(experiment => (
        <li
          key={`${experiment.sourceId} ${experiment.id}`}
          className={classes.record}
        >
          <div>
            <ExperimentName experiment={experiment} />
          </div>
          <dl className={classes.facts}>
            <dt>{t('tab.experiments.started')}</dt>
            <dd>
              <ExperimentStart experiment={experiment} now={now} />
            </dd>
            <dt>{t('tab.experiments.outcome')}</dt>
            <dd>
              <ExperimentOutcome experiment={experiment} />
            </dd>
            <dt>{t('tab.experiments.gameDay')}</dt>
            <dd>
              {t(`tab.experiments.${gameDayVerdict(experiment)}`, {
                outcome: t(`outcome.${experiment.state}`),
              })}
            </dd>
            <dt>{t('tab.experiments.guardrails')}</dt>
            <dd>
              <StopConditions experiment={experiment} />
            </dd>
          </dl>
        </li>
      ))}
    </ul>
  );
};
