import { Link } from '@backstage/core-components';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import type { Exercise } from 'backstage-plugin-operational-excellence-common';
import { DateTime } from 'luxon';
import { toneColor } from '../../states';
import { useTexts } from '../../translation';
import { useGameDayLinks } from '../links';
import {
  exerciseStageIcons,
  exerciseStageTones,
  formatSpan,
  spanOf,
} from '../words';

const useStyles = makeStyles(theme => ({
  root: { marginTop: 2 },
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: 4,
    padding: theme.spacing(0, 0.5),
    borderLeft: '3px solid currentColor',
    borderRadius: 2,
    fontSize: '0.75rem',
    lineHeight: '20px',
    background: theme.palette.action.hover,
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
    },
  },
  icon: { fontSize: '1.15em', flex: 'none' },
  title: {
    flex: 1,
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    color: theme.palette.text.primary,
  },
  cancelled: { textDecoration: 'line-through' },
}));

/** One exercise on a day of the calendar. */
export const CalendarEvent = (props: { exercise: Exercise; day: DateTime }) => {
  const { day, exercise } = props;
  const { id, kind, stage, title } = exercise;
  const classes = useStyles();
  const theme = useTheme();
  const links = useGameDayLinks();
  const { t } = useTexts();
  const { end, start } = spanOf(exercise);
  const begins = DateTime.fromISO(start);
  const Icon = exerciseStageIcons[stage];
  const words = t('exercises.calendar.event', {
    title,
    kind: t(`exercises.kind.${kind}`),
    stage: t(`exercises.stage.${stage}`),
    span: formatSpan(start, end),
  });
  const content = (
    <>
      <Icon className={classes.icon} aria-hidden />
      <span
        className={`${classes.title} ${
          stage === 'cancelled' ? classes.cancelled : ''
        }`}
      >
        {begins.hasSame(day, 'day') &&
          `${begins.toLocaleString(DateTime.TIME_SIMPLE)} `}
        {title}
      </span>
    </>
  );
  const look = {
    className: classes.link,
    style: { color: toneColor(theme, exerciseStageTones[stage]) },
    title: words,
  };
  return (
    <li className={classes.root}>
      {links ? (
        <Link {...look} to={links.exercise(id)} aria-label={words}>
          {content}
        </Link>
      ) : (
        <span {...look}>{content}</span>
      )}
    </li>
  );
};
