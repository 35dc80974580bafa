export * from './facetFixtures';
