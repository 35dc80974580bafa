export * from './Waivers';
