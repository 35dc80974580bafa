/**
 * The key of the tag by which an experiment says which exercise it belongs to;
 * the value is the id of the exercise.
 *
 * @public
 */
export const EXERCISE_TAG = 'operational-excellence-exercise';
