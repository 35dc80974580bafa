export * from './StateLabel';
export * from './stateTones';
export * from './HealthLabel';
