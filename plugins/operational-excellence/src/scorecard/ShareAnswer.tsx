import { makeStyles, useTheme } from '@material-ui/core/styles';
import WarningIcon from '@material-ui/icons/Warning';
import type { Service } from 'backstage-plugin-operational-excellence-common';
import { toneColor } from '../states';
import { dayOf, Moment } from '../time';
import { percent } from '../timeReport';
import { useTexts } from '../translation';

const useStyles = makeStyles(theme => ({
  line: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    marginTop: theme.spacing(0.25),
    fontSize: '0.8125rem',
    whiteSpace: 'nowrap',
  },
  share: { color: theme.palette.text.secondary },
  starved: { fontWeight: 600 },
  icon: { fontSize: '1.2em' },
}));

/** How much of the work are improvements, and whether none gets done at all. */
export const ShareAnswer = (props: { service: Service }) => {
  const { backlog } = props.service;
  const { improvementShare90d: share, policyShare, starvedSince } = backlog;
  const classes = useStyles();
  const theme = useTheme();
  const { t } = useTexts();

  const shareText = () => {
    if (policyShare === null) {
      return share === null
        ? undefined
        : t('time.share', { share: percent(share) });
    }
    const target = percent(policyShare);
    return share === null
      ? t('time.nothingClosedOf', { target })
      : t('time.shareOf', { share: percent(share), target });
  };
  // Of a service without a tracker nothing is known.
  const isKnown = backlog.checkedAt !== null;
  const text = isKnown ? shareText() : undefined;

  return (
    <>
      {text && <div className={`${classes.line} ${classes.share}`}>{text}</div>}
      {starvedSince && (
        <div
          className={`${classes.line} ${classes.starved}`}
          style={{ color: toneColor(theme, 'critical') }}
        >
          <WarningIcon className={classes.icon} aria-hidden />
          <Moment instant={starvedSince}>
            {t('time.starved', { day: dayOf(starvedSince) })}
          </Moment>
        </div>
      )}
    </>
  );
};
