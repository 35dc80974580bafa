export * from './DailyPoints';
export * from './HistoryQueries';
export * from './HistoryRecorder';
