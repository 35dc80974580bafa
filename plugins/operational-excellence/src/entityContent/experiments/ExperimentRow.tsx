import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import {
  isFinalExperimentState,
  type ExperimentItem,
} from 'backstage-plugin-operational-excellence-common';
import { Duration } from 'luxon';
import { stopConditions } from '../../guardrails';
import { dayOf, Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import { ExternalLink } from '../ExternalLink';
import { useListStyles } from '../useListStyles';
import { ExperimentActions } from './ExperimentActions';
import { gameDayVerdict } from './gameDayVerdict';

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

const Started = (props: { experiment: ExperimentItem; now: number }) => {
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

/** One experiment, with what came of it and what would have stopped it. */
export const ExperimentRow = (props: {
  experiment: ExperimentItem;
  now: number;
}) => {
  const { experiment, now } = props;
  const classes = useListStyles();
  const { t } = useTexts();
  const conditions = stopConditions(experiment.guardrails);
  const outcome = t(`outcome.${experiment.state}`);
  const verdict = gameDayVerdict(experiment);
  return (
    <TableRow>
      <TableCell className={classes.word}>
        <Started experiment={experiment} now={now} />
      </TableCell>
      <TableCell
        component="th"
        scope="row"
        role="rowheader"
        className={classes.text}
      >
        <ExternalLink url={experiment.url}>{experiment.title}</ExternalLink>
        <div className={classes.secondary}>{experiment.id}</div>
        <div className={classes.secondary}>
          {t('tab.experiments.where', {
            account: experiment.accountId,
            region: experiment.region,
          })}
        </div>
        <ExperimentActions actions={experiment.actions} />
      </TableCell>
      <TableCell className={classes.text}>
        {outcome}
        {experiment.reason && (
          <div className={classes.secondary}>{experiment.reason}</div>
        )}
      </TableCell>
      <TableCell className={classes.short}>
        {t(`tab.experiments.${verdict}`, { outcome })}
      </TableCell>
      <TableCell className={classes.text}>
        {conditions.length ? (
          conditions.map((condition, index) => (
            <div key={index}>{condition}</div>
          ))
        ) : (
          <strong>{t('tab.experiments.noGuardrails')}</strong>
        )}
      </TableCell>
    </TableRow>
  );
};
