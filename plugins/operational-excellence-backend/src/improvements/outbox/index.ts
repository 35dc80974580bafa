export * from './createOutbox';
export * from './Outbox';
