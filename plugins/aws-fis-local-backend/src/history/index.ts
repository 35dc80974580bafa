export * from './HistoryService';
