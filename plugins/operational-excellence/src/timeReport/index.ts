export * from './percent';
export * from './TimeReportContent';
export * from './TimeReportSummary';
