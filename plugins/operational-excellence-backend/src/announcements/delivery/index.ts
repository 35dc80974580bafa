export * from './AnnouncementClaims';
export * from './Courier';
