export * from './SourceEventSubscriber';
