import { makeStyles, useTheme } from '@material-ui/core/styles';
import ReportProblemIcon from '@material-ui/icons/ReportProblemOutlined';
import type { Source } from 'backstage-plugin-operational-excellence-common';
import { toneColor } from '../states/stateTones';
import { Moment, useTimeWords } from '../time';
import { useTexts } from '../translation';

const useStyles = makeStyles(theme => ({
  note: { fontSize: '0.75rem', color: theme.palette.text.secondary },
  wrong: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    fontSize: '0.8125rem',
    fontWeight: 600,
  },
  icon: { fontSize: '1.15em' },
}));

/** How many upstream requests were spent, and since when. */
export const RequestsFigure = (props: {
  requests: Source['requests'];
  now: number;
}) => {
  const { requests, now } = props;
  const classes = useStyles();
  const words = useTimeWords();
  const { t } = useTexts();
  return (
    <>
      {requests.total.toLocaleString()}
      {requests.since && (
        <div className={classes.note}>
          <Moment instant={requests.since}>
            {t('sources.requestsSince', {
              ago: words.ago(requests.since, now),
            })}
          </Moment>
        </div>
      )}
    </>
  );
};

/** How many services name something, and how many of them name it wrongly. */
export const ServicesFigure = (props: {
  services: number;
  problems: number;
}) => {
  const { problems, services } = props;
  const classes = useStyles();
  const theme = useTheme();
  const { t } = useTexts();
  return (
    <>
      {services.toLocaleString()}
      {problems > 0 && (
        <div>
          <span
            className={classes.wrong}
            style={{ color: toneColor(theme, 'attention') }}
          >
            <ReportProblemIcon className={classes.icon} aria-hidden />
            {t('sources.problems.count', { count: problems })}
          </span>
        </div>
      )}
    </>
  );
};
