import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import type {
  MeasureState,
  Waiver,
} from 'backstage-plugin-operational-excellence-common';
import { Allowance, AllowedButton } from '../../allowance';
import { StateLabel } from '../../states';
import { dayOf, Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(0.5),
    padding: theme.spacing(1.5, 2),
    fontSize: '0.875rem',
    lineHeight: 1.43,
    overflowWrap: 'anywhere',
    borderTop: `1px solid ${theme.palette.divider}`,
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0.5, 1.5),
  },
  measure: { fontWeight: 600 },
  beneath: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
  },
  reason: { margin: 0, whiteSpace: 'pre-wrap' },
  secondary: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1.5),
    color: theme.palette.text.secondary,
    fontSize: '0.8125rem',
  },
}));

/** A waiver that applies: to what, why, until when, and what is beneath it. */
export const WaiverEntry = (props: {
  waiver: Waiver;
  /** The state beneath it, where one is known. */
  underlyingState: MeasureState | null;
  now: number;
  allowance: Allowance;
  onEnd: () => void;
}) => {
  const { allowance, now, onEnd, underlyingState, waiver } = props;
  const classes = useStyles();
  const words = useTimeWords();
  const { t } = useTexts();
  const titleId = `operational-excellence-waiver-${waiver.id}`;
  return (
    <li className={classes.root}>
      <div className={classes.head}>
        <span id={titleId} className={classes.measure}>
          {t(`measure.${waiver.measure}`)}
        </span>
        <Moment instant={waiver.until}>
          {t('waivers.until', { day: dayOf(waiver.until) })}
        </Moment>
        <span>
          {t('waivers.ahead', { ahead: words.ahead(waiver.until, now) })}
        </span>
      </div>
      <p className={classes.reason}>{waiver.reason}</p>
      <div className={classes.secondary}>
        {underlyingState && (
          <span className={classes.beneath}>
            {t('waivers.beneath')}
            <StateLabel state={underlyingState} />
          </span>
        )}
        <span>
          <Moment instant={waiver.createdAt}>
            {t('waivers.grantedBy', { ago: words.ago(waiver.createdAt, now) })}
          </Moment>{' '}
          <EntityRefLink entityRef={waiver.approver} />
        </span>
      </div>
      <div>
        <AllowedButton
          label={t('waivers.endNow')}
          describedBy={titleId}
          allowance={allowance}
          onClick={onEnd}
        />
      </div>
    </li>
  );
};
