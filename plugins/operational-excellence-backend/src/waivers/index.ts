export * from './WaiverService';
