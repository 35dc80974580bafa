import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import WatchLaterIcon from '@material-ui/icons/WatchLater';
import {
  DAY_MS,
  WAIVER_ENDING_SOON_DAYS,
  type Waiver,
} from 'backstage-plugin-operational-excellence-common';
import { toneColor } from '../../states';
import { dayOf, Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';

const useStyles = makeStyles(theme => ({
  secondary: {
    color: theme.palette.text.secondary,
    fontSize: '0.8125rem',
  },
  soon: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    fontSize: '0.8125rem',
    fontWeight: 600,
  },
  icon: { fontSize: '1.2em' },
}));

/** When a waiver ends, or how it ended. */
export const WaiverEnd = (props: { waiver: Waiver; now: number }) => {
  const { now, waiver } = props;
  const { revokedAt, revokedBy, until } = waiver;
  const classes = useStyles();
  const theme = useTheme();
  const words = useTimeWords();
  const { t } = useTexts();
  const end = revokedAt ?? until;
  const left = Date.parse(end) - now;

  if (revokedAt || left <= 0) {
    return (
      <>
        <Moment instant={end}>{dayOf(end)}</Moment>
        <div className={classes.secondary}>
          {revokedAt ? (
            <>
              {`${t('waivers.list.endedEarly')} `}
              {revokedBy && <EntityRefLink entityRef={revokedBy} />}
            </>
          ) : (
            t('waivers.list.endedByItself')
          )}
        </div>
      </>
    );
  }
  return (
    <>
      <Moment instant={end}>{dayOf(end)}</Moment>
      <div>
        {left <= WAIVER_ENDING_SOON_DAYS * DAY_MS ? (
          <span
            className={classes.soon}
            style={{ color: toneColor(theme, 'attention') }}
          >
            <WatchLaterIcon className={classes.icon} aria-hidden />
            {t('waivers.ahead', { ahead: words.ahead(end, now) })}
          </span>
        ) : (
          <span className={classes.secondary}>{words.ahead(end, now)}</span>
        )}
      </div>
    </>
  );
};
