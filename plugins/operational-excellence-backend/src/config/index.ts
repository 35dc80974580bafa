export * from './readConfig';
export type { NotificationsConfig } from './notificationsSchema';
