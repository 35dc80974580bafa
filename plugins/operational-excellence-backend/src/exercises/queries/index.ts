export * from './ExerciseQueries';
