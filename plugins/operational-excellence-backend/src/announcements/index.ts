export * from './createAnnouncements';
export type { Lookout } from './Lookout';
