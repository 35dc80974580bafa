import { useTheme } from '@material-ui/core/styles';
import WarningIcon from '@material-ui/icons/Warning';
import type { TimeReport } from 'backstage-plugin-operational-excellence-common';
import { toneColor } from '../states';
import { dayOf, Moment } from '../time';
import { useTexts } from '../translation';
import { useRemarkStyles } from './useRemarkStyles';

/** That improvements wait and none gets done, where that is so. */
export const StarvedWarning = (props: { report: TimeReport }) => {
  const { openCount, starvedSince } = props.report;
  const classes = useRemarkStyles();
  const theme = useTheme();
  const { t } = useTexts();
  if (starvedSince === null) return null;
  return (
    <p className={classes.root} style={{ color: toneColor(theme, 'critical') }}>
      <WarningIcon className={classes.icon} aria-hidden />
      <Moment instant={starvedSince}>
        {t('tab.time.starved', {
          day: dayOf(starvedSince),
          count: openCount,
        })}
      </Moment>
    </p>
  );
};
