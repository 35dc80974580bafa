export * from './initiativeStanding';
