export * from './Outcome';
export * from './Rejection';
