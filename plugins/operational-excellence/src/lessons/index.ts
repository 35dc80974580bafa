export * from './Lessons';
export * from './ServiceLessons';
