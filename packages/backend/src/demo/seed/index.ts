export * from './demoSeedModule';
