export * from './DailyPoints';
export * from './HistoryQueries';
