export * from './GameDaysSection';
