import {
  isFinalExperimentState,
  type ExperimentItem,
} from 'backstage-plugin-operational-excellence-common';
import { Duration } from 'luxon';
import { dayOf, Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import { useListStyles } from '../useListStyles';

const MINUTE_MS = 60_000;

/** A span as an ISO 8601 duration, in minutes once it is longer than one. */
function spanBetween(from: string, to: string): string {
  const span = Duration.fromMillis(
    Math.max(0, Date.parse(to) - Date.parse(from)),
  );
  const rounded =
    span.toMillis() < MINUTE_MS
      ? Duration.fromObject({
          seconds: Math.max(1, Math.round(span.as('seconds'))),
        })
      : Duration.fromObject({ minutes: Math.round(span.as('minutes')) });
  return rounded.as('hours') < 1
    ? rounded.toISO()
    : rounded.shiftTo('hours', 'minutes').toISO();
}

/** When an experiment began, and how long it ran. */
export const ExperimentStart = (props: {
  experiment: ExperimentItem;
  now: number;
}) => {
  const { startedAt, endedAt, state } = props.experiment;
  const classes = useListStyles();
  const words = useTimeWords();
  const { t } = useTexts();
  if (!startedAt) {
    return (
      <>
        {isFinalExperimentState(state)
          ? t('tab.experiments.never')
          : t('tab.experiments.notEnded')}
      </>
    );
  }
  return (
    <>
      <Moment instant={startedAt}>{dayOf(startedAt)}</Moment>
      <div className={classes.secondary}>{words.ago(startedAt, props.now)}</div>
      {endedAt && (
        <div className={classes.secondary}>
          {t('tab.experiments.duration', {
            duration: words.duration(spanBetween(startedAt, endedAt)),
          })}
        </div>
      )}
    </>
  );
};
