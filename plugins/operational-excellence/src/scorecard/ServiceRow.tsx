import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import type {
  MeasureState,
  Service,
} from 'backstage-plugin-operational-excellence-common';
import { ReactNode } from 'react';
import { StateLabel } from '../states';
import { Moment, useTimeWords } from '../time';
import { operationalExcellenceTranslationRef } from '../translation';

const useStyles = makeStyles(theme => ({
  name: { fontWeight: 600, minWidth: 160, overflowWrap: 'anywhere' },
  figure: {
    marginTop: theme.spacing(0.25),
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
    whiteSpace: 'nowrap',
  },
}));

interface MeasureStatus {
  state: MeasureState;
  underlyingState: MeasureState | null;
}

const MeasureCell = (props: { status: MeasureStatus; children: ReactNode }) => {
  const { state, underlyingState } = props.status;
  const classes = useStyles();
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  return (
    <TableCell>
      <StateLabel state={state} />
      {underlyingState && (
        <div className={classes.figure}>
          {t('scorecard.beneath', { state: t(`state.${underlyingState}`) })}
        </div>
      )}
      <div className={classes.figure}>{props.children}</div>
    </TableCell>
  );
};

/** The three answers of one service. */
export const ServiceRow = (props: { service: Service; now: number }) => {
  const { service, now } = props;
  const { backlog, gameDay, readinessTest } = service;
  const classes = useStyles();
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  const words = useTimeWords();

  /** What stands where no figure is known, by the state beneath a waiver. */
  const without = (status: MeasureStatus, none: string) => {
    const state = status.underlyingState ?? status.state;
    if (state === 'unknown') return t('scorecard.unknownFigure');
    // Of what nobody asks for, nothing tells whether a source would know.
    return state === 'not-configured' || state === 'not-required' ? '—' : none;
  };

  return (
    <TableRow hover>
      <TableCell
        component="th"
        scope="row"
        role="rowheader"
        className={classes.name}
      >
        <EntityRefLink entityRef={service.entityRef} title={service.title} />
      </TableCell>
      <TableCell>
        {service.ownerRef ? (
          <EntityRefLink
            entityRef={service.ownerRef}
            title={service.ownerTitle ?? undefined}
          />
        ) : (
          t('scorecard.noOwner')
        )}
      </TableCell>
      <TableCell>{service.tier ?? '—'}</TableCell>
      <TableCell>
        <StateLabel state={service.state} />
      </TableCell>
      <MeasureCell status={backlog}>
        {backlog.oldestCreatedAt ? (
          <Moment instant={backlog.oldestCreatedAt}>
            {t('scorecard.oldest', {
              age: words.age(backlog.oldestCreatedAt, now),
              open: `${backlog.openCount}`,
            })}
          </Moment>
        ) : (
          without(backlog, t('scorecard.noneOpen'))
        )}
      </MeasureCell>
      <MeasureCell status={gameDay}>
        {gameDay.lastHeldAt ? (
          <Moment instant={gameDay.lastHeldAt}>
            {words.ago(gameDay.lastHeldAt, now)}
          </Moment>
        ) : (
          without(gameDay, t('scorecard.neverHeld'))
        )}
      </MeasureCell>
      <MeasureCell status={readinessTest}>
        {readinessTest.lastPerformedAt ? (
          <Moment instant={readinessTest.lastPerformedAt}>
            {words.ago(readinessTest.lastPerformedAt, now)}
          </Moment>
        ) : (
          without(readinessTest, t('scorecard.neverTested'))
        )}
      </MeasureCell>
    </TableRow>
  );
};
