export * from './BacklogSection';
export * from './backlogKnowledge';
