export * from './createWaivers';
export * from './Waivers';
export * from './WaiverService';
export * from './WaiverStore';
