export * from './IssueAccess';
export * from './ProjectDirectory';
