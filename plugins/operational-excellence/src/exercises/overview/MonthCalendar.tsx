import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { Exercise } from 'backstage-plugin-operational-excellence-common';
import { DateTime } from 'luxon';
import { KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useTexts } from '../../translation';
import { useGameDayLinks } from '../links';
import { byStart, dayKey, exercisesByDay, weeksOf } from './calendarDays';
import { CalendarEvent } from './CalendarEvent';

const HINT_ID = 'operational-excellence-calendar-keys';
const SHOWN_A_DAY = 3;

const useStyles = makeStyles(theme => ({
  root: {
    width: '100%',
    tableLayout: 'fixed',
    borderCollapse: 'collapse',
    fontFamily: theme.typography.fontFamily,
  },
  weekday: {
    padding: theme.spacing(0.5),
    fontSize: '0.75rem',
    fontWeight: 600,
    textAlign: 'left',
    color: theme.palette.text.secondary,
  },
  day: {
    height: 104,
    padding: theme.spacing(0.5),
    verticalAlign: 'top',
    border: `1px solid ${theme.palette.divider}`,
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: -2,
    },
  },
  outside: { background: theme.palette.background.default },
  number: {
    display: 'inline-block',
    minWidth: 22,
    padding: theme.spacing(0, 0.5),
    borderRadius: 11,
    fontSize: '0.75rem',
    lineHeight: '22px',
    textAlign: 'center',
    color: theme.palette.text.secondary,
  },
  today: {
    fontWeight: 700,
    color: theme.palette.getContrastText(theme.palette.primary.dark),
    background: theme.palette.primary.dark,
    '&:hover': {
      color: theme.palette.getContrastText(theme.palette.primary.dark),
    },
  },
  events: { margin: 0, padding: 0, listStyle: 'none' },
  more: {
    padding: theme.spacing(0, 0.5),
    border: 0,
    font: 'inherit',
    fontSize: '0.75rem',
    color: theme.palette.text.primary,
    background: 'none',
    textDecoration: 'underline',
    cursor: 'pointer',
  },
  hint: { padding: theme.spacing(1, 0.5, 0) },
}));

/** By how much a key moves through the days. */
const MOVES: Record<string, (day: DateTime) => DateTime> = {
  ArrowLeft: day => day.minus({ days: 1 }),
  ArrowRight: day => day.plus({ days: 1 }),
  ArrowUp: day => day.minus({ weeks: 1 }),
  ArrowDown: day => day.plus({ weeks: 1 }),
  Home: day => day.startOf('week', { useLocaleWeeks: true }),
  End: day => day.endOf('week', { useLocaleWeeks: true }).startOf('day'),
  PageUp: day => day.minus({ months: 1 }),
  PageDown: day => day.plus({ months: 1 }),
};

/**
 * A month as a grid of days. The keys of a date picker move through it; one day at
 * a time is in the order of the Tab key.
 */
export const MonthCalendar = (props: {
  month: DateTime;
  exercises: Exercise[];
  now: number;
  onMonth: (month: DateTime) => void;
}) => {
  const { exercises, month, now, onMonth } = props;
  const classes = useStyles();
  const links = useGameDayLinks();
  const navigate = useNavigate();
  const { t } = useTexts();
  const today = DateTime.fromMillis(now);
  const [chosen, setChosen] = useState<DateTime>();
  const [opened, setOpened] = useState<string>();
  const grid = useRef<HTMLTableElement>(null);
  const isMoving = useRef(false);

  const current = [chosen, today].find(day => day?.hasSame(month, 'month'));
  const currentKey = dayKey(current ?? month);
  useEffect(() => {
    if (!isMoving.current) return;
    isMoving.current = false;
    grid.current
      ?.querySelector<HTMLElement>(`[data-day="${currentKey}"]`)
      ?.focus();
  }, [currentKey]);

  const weeks = weeksOf(month);
  const days = weeks.flat();
  const byDay = exercisesByDay(
    [...exercises].sort(byStart),
    days[0],
    days[days.length - 1],
  );

  const onKeyDown = (event: KeyboardEvent, day: DateTime) => {
    // What is within a day has keys of its own.
    if (event.target !== event.currentTarget) return;
    const move = MOVES[event.key];
    if (move) {
      event.preventDefault();
      const next = move(day);
      isMoving.current = true;
      setChosen(next);
      if (!next.hasSame(month, 'month')) onMonth(next.startOf('month'));
    } else if (event.key === 'Enter' && links) {
      event.preventDefault();
      navigate(links.plan({ day: dayKey(day) }));
    }
  };

  return (
    <>
      <table
        ref={grid}
        role="grid"
        className={classes.root}
        aria-label={month.toLocaleString({ month: 'long', year: 'numeric' })}
        aria-describedby={HINT_ID}
      >
        <thead>
          <tr>
            {weeks[0].map(day => (
              <th
                key={day.weekday}
                scope="col"
                className={classes.weekday}
                abbr={day.toLocaleString({ weekday: 'long' })}
              >
                {day.toLocaleString({ weekday: 'short' })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map(week => (
            <tr key={dayKey(week[0])}>
              {week.map(day => {
                const key = dayKey(day);
                const events = byDay.get(key) ?? [];
                const isOpened = opened === key;
                const shown = isOpened ? events : events.slice(0, SHOWN_A_DAY);
                const isToday = day.hasSame(today, 'day');
                const isInside = day.hasSame(month, 'month');
                const name = day.toLocaleString(DateTime.DATE_FULL);
                const number = `${classes.number} ${
                  isToday ? classes.today : ''
                }`;
                return (
                  <td
                    key={key}
                    role="gridcell"
                    data-day={key}
                    aria-label={t('exercises.calendar.day', {
                      day: name,
                      count: events.length,
                    })}
                    aria-current={isToday ? 'date' : undefined}
                    tabIndex={isInside && key === currentKey ? 0 : -1}
                    className={`${classes.day} ${
                      isInside ? '' : classes.outside
                    }`}
                    onKeyDown={event => onKeyDown(event, day)}
                    onFocus={event => {
                      if (event.target === event.currentTarget && isInside) {
                        setChosen(day);
                      }
                    }}
                  >
                    {links ? (
                      <Link
                        to={links.plan({ day: key })}
                        className={number}
                        tabIndex={-1}
                        title={t('exercises.calendar.planOn', { day: name })}
                        aria-label={t('exercises.calendar.planOn', {
                          day: name,
                        })}
                      >
                        {day.day}
                      </Link>
                    ) : (
                      <span className={number}>{day.day}</span>
                    )}
                    {events.length > 0 && (
                      <ul className={classes.events}>
                        {shown.map(exercise => (
                          <CalendarEvent
                            key={exercise.id}
                            exercise={exercise}
                            day={day}
                          />
                        ))}
                      </ul>
                    )}
                    {events.length > shown.length && (
                      <button
                        type="button"
                        className={classes.more}
                        onClick={() => setOpened(key)}
                      >
                        {t('exercises.calendar.more', {
                          count: events.length - shown.length,
                        })}
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <Typography
        id={HINT_ID}
        variant="caption"
        component="p"
        color="textSecondary"
        className={classes.hint}
      >
        {t('exercises.calendar.keys')}
      </Typography>
    </>
  );
};
