export * from './TicketsSection';
