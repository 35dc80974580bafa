export * from './readEndpoint';
export * from './readIsoDuration';
export * from './readNames';
export * from './readSourceSchedule';
