export * from './policiesInForce';
export * from './policy';
export * from './selectPolicy';
