export * from './matcherFor';
