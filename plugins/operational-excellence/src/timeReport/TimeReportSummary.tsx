import { makeStyles, useTheme } from '@material-ui/core/styles';
import WarningIcon from '@material-ui/icons/Warning';
import type { TimeReport } from 'backstage-plugin-operational-excellence-common';
import { toneColor } from '../states';
import { dayOf } from '../time';
import { useTexts } from '../translation';
import { percent } from './percent';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0, 2),
    fontFamily: theme.typography.fontFamily,
    fontSize: '0.875rem',
    color: theme.palette.text.secondary,
  },
  starved: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    fontWeight: 600,
  },
  icon: { fontSize: '1.2em' },
}));

/** What a report says, in a line. */
export const TimeReportSummary = (props: { report: TimeReport }) => {
  const { improvementShare90d, policyShare, starvedSince } = props.report;
  const classes = useStyles();
  const theme = useTheme();
  const { t } = useTexts();

  const share = () => {
    if (improvementShare90d === null) return t('time.nothingClosed');
    return policyShare === null
      ? t('time.share', { share: percent(improvementShare90d) })
      : t('time.shareOf', {
          share: percent(improvementShare90d),
          target: percent(policyShare),
        });
  };
  return (
    <span className={classes.root}>
      {starvedSince && (
        <span
          className={classes.starved}
          style={{ color: toneColor(theme, 'critical') }}
        >
          <WarningIcon className={classes.icon} aria-hidden />
          {t('time.starved', { day: dayOf(starvedSince) })}
        </span>
      )}
      <span>{share()}</span>
    </span>
  );
};
