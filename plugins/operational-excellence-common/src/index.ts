/**
 * Types, schemas, permissions and domain rules of the operational excellence
 * plugin, shared by its frontend and its backend.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './api';
export * from './backlog';
export * from './environments';
export * from './exercises';
export * from './findings';
export * from './gameDay';
export * from './improvements';
export * from './initiatives';
export * from './instants';
export * from './permissions';
export * from './policy';
export * from './readiness';
export * from './status';
export * from './time';
