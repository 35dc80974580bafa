export * from './WaiverService';
export * from './WaiverStore';
