export * from './scheduleTasks';
