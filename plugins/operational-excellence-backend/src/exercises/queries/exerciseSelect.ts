import { allOf, sql, SqlPart } from '../../database';
import { visibleConditions } from '../../services/visibleServices';
import { Visibility } from '../../visibility/Visibility';
import { ExerciseRow } from '../exerciseRows';

/** An exercise with what it is read with. */
export type ShownExerciseRow = ExerciseRow & {
  environment_title: string | null;
};

/** What is read of each exercise. */
export const EXERCISE_COLUMNS = 'x.*, env.title as environment_title';

/** Exercises `x`, and the environments `env` that they are held in. */
export const FROM_EXERCISES = `from exercises x
  left join environments env on env.id = x.environment_id`;

/**
 * The condition that the caller may see exercise `x`: at least one of its
 * services, with the status `st`, which removed ones lack. Further conditions are
 * on that one as well.
 */
export function ofVisibleService(
  visibility: Visibility,
  further: readonly SqlPart[] = [],
): SqlPart {
  const conditions = [...visibleConditions(visibility), ...further];
  return sql`x.id in (
    select es.exercise_id from exercise_services es
    join service_status st on st.service_id = es.service_id
    where ${allOf(conditions)})`;
}
