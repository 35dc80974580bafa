import { makeStyles, useTheme } from '@material-ui/core/styles';
import WarningIcon from '@material-ui/icons/Warning';
import type { Source } from 'backstage-plugin-operational-excellence-common';
import { toneColor } from '../states/stateTones';
import { Moment, useTimeWords } from '../time';
import { useTexts } from '../translation';

/** Below which part of a limit it is nearly used up. */
const LITTLE = 0.1;

const useStyles = makeStyles(theme => ({
  little: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    fontWeight: 600,
  },
  icon: { fontSize: '1.15em' },
  note: { fontSize: '0.75rem', color: theme.palette.text.secondary },
}));

/** How many requests an upstream still grants, and until when. */
export const RateLimitFigure = (props: {
  rateLimit: Source['rateLimit'];
  now: number;
}) => {
  const { rateLimit, now } = props;
  const classes = useStyles();
  const theme = useTheme();
  const words = useTimeWords();
  const { t } = useTexts();
  if (!rateLimit) return <>{t('sources.rateLimit.unsaid')}</>;

  const { at, limit, remaining, resetsAt } = rateLimit;
  const isLittle =
    remaining <= 0 || (limit !== null && remaining < limit * LITTLE);
  const figure =
    limit === null
      ? t('sources.rateLimit.left', { remaining: remaining.toLocaleString() })
      : t('sources.rateLimit.leftOf', {
          remaining: remaining.toLocaleString(),
          limit: limit.toLocaleString(),
        });
  return (
    <>
      {isLittle ? (
        <span
          className={classes.little}
          style={{ color: toneColor(theme, 'critical') }}
        >
          <WarningIcon className={classes.icon} aria-hidden />
          {t('sources.rateLimit.little', { figure })}
        </span>
      ) : (
        figure
      )}
      <div className={classes.note}>
        {resetsAt ? (
          <Moment instant={resetsAt}>
            {t('sources.rateLimit.resets', { at: words.ahead(resetsAt, now) })}
          </Moment>
        ) : (
          <Moment instant={at}>
            {t('sources.rateLimit.said', { ago: words.ago(at, now) })}
          </Moment>
        )}
      </div>
    </>
  );
};
