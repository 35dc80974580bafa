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

const MeasureCell = (props: { state: MeasureState; children: ReactNode }) => {
  const classes = useStyles();
  return (
    <TableCell>
      <StateLabel state={props.state} />
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
  const without = (
    status: { state: MeasureState; underlyingState: MeasureState | null },
    none: string,
  ) => {
    const state = status.underlyingState ?? status.state;
    if (state === 'unknown') return t('scorecard.unknownFigure');
    return state === 'not-configured' ? '—' : none;
  };

  return (
    <TableRow hover>
      <TableCell component="th" scope="row" className={classes.name}>
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
      <MeasureCell state={backlog.state}>
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
      <MeasureCell state={gameDay.state}>
        {gameDay.lastHeldAt ? (
          <Moment instant={gameDay.lastHeldAt}>
            {words.ago(gameDay.lastHeldAt, now)}
          </Moment>
        ) : (
          without(gameDay, t('scorecard.neverHeld'))
        )}
      </MeasureCell>
      <MeasureCell state={readinessTest.state}>
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
