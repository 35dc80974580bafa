export * from './AlarmStore';
export * from './SafetyLeverStore';
