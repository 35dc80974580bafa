export * from './StateLabel';
export * from './stateTones';
export * from './HealthLabel';
export * from './TonedLabel';
