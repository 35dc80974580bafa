import { makeStyles } from '@material-ui/core/styles';
import type { Exercise } from 'backstage-plugin-operational-excellence-common';
import { ExerciseEntry } from '../ExerciseEntry';
import { byStart } from './calendarDays';

const useStyles = makeStyles({
  root: { margin: 0, padding: 0, listStyle: 'none' },
});

/** Exercises one below the other, where there is no room for a calendar. */
export const Agenda = (props: {
  exercises: Exercise[];
  label: string;
  now: number;
}) => {
  const { exercises, label, now } = props;
  return (
    <ul className={useStyles().root} aria-label={label}>
      {[...exercises].sort(byStart).map(exercise => (
        <ExerciseEntry key={exercise.id} exercise={exercise} now={now} />
      ))}
    </ul>
  );
};
