export { checkPolicies } from './policiesSchema';
export * from './readConfig';
export type { NotificationsConfig } from './notificationsSchema';
