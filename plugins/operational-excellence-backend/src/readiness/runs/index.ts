export * from './conflicts';
export * from './ReportService';
export * from './RunContents';
export * from './runRows';
export * from './RunQueries';
export * from './RunService';
export * from './RunStarter';
export * from './RunStore';
