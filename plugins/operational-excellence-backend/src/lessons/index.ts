export * from './createLessons';
export * from './Lessons';
