export * from './notificationOf';
