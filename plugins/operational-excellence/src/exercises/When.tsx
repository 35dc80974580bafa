import type { Exercise } from 'backstage-plugin-operational-excellence-common';
import { Moment, useTimeWords } from '../time';
import { formatSpan, spanOf } from './words';

/** When an exercise was or is to be, and how long ago or how far ahead that is. */
export const When = (props: {
  exercise: Pick<
    Exercise,
    'endedAt' | 'plannedEnd' | 'plannedStart' | 'startedAt' | 'state'
  >;
  now: number;
}) => {
  const { exercise, now } = props;
  const words = useTimeWords();
  const { end, start } = spanOf(exercise);
  // What has begun is not ahead, even where the clock here lags behind.
  const isAhead = exercise.startedAt === null && Date.parse(start) > now;
  const relative = isAhead ? words.ahead(start, now) : words.ago(start, now);
  return (
    <Moment instant={start}>{`${formatSpan(start, end)} (${relative})`}</Moment>
  );
};
