import { makeStyles } from '@material-ui/core/styles';
import type {
  Measure,
  Service,
} from 'backstage-plugin-operational-excellence-common';
import { StateLabel } from '../states';
import { Moment, useTimeWords } from '../time';
import { useTexts } from '../translation';
import { ShareAnswer } from './ShareAnswer';

const useStyles = makeStyles(theme => ({
  figure: {
    marginTop: theme.spacing(0.25),
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
    whiteSpace: 'nowrap',
  },
}));

/** The figure behind a state; where none is known, what the state beneath a waiver says. */
const MeasureFigure = (props: {
  measure: Measure;
  service: Service;
  now: number;
}) => {
  const { measure, service, now } = props;
  const { backlog, gameDay, readinessTest } = service;
  const { t } = useTexts();
  const words = useTimeWords();

  const [instant, text, none] = {
    backlog: [
      backlog.oldestCreatedAt,
      (oldest: string) =>
        t('scorecard.oldest', {
          age: words.age(oldest, now),
          open: `${backlog.openCount}`,
        }),
      t('scorecard.noneOpen'),
    ] as const,
    gameDay: [
      gameDay.lastHeldAt,
      (heldAt: string) => words.ago(heldAt, now),
      t('scorecard.neverHeld'),
    ] as const,
    readinessTest: [
      readinessTest.lastPerformedAt,
      (performedAt: string) => words.ago(performedAt, now),
      t('scorecard.neverTested'),
    ] as const,
  }[measure];

  if (instant) return <Moment instant={instant}>{text(instant)}</Moment>;
  switch (service[measure].underlyingState ?? service[measure].state) {
    case 'unknown':
      return <>{t('scorecard.unknownFigure')}</>;
    case 'not-configured':
    case 'not-required':
      // Of what nobody asks for, nothing tells whether a source would know.
      return <>—</>;
    default:
      return <>{none}</>;
  }
};

/** The state of one measure of a service, and the figure behind it. */
export const MeasureAnswer = (props: {
  measure: Measure;
  service: Service;
  now: number;
}) => {
  const { measure, service, now } = props;
  const { state, underlyingState } = service[measure];
  const classes = useStyles();
  const { t } = useTexts();
  return (
    <>
      <StateLabel state={state} />
      {underlyingState && (
        <div className={classes.figure}>
          {t('scorecard.beneath', { state: t(`state.${underlyingState}`) })}
        </div>
      )}
      <div className={classes.figure}>
        <MeasureFigure measure={measure} service={service} now={now} />
      </div>
      {measure === 'backlog' && <ShareAnswer service={service} />}
    </>
  );
};
