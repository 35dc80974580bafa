export * from './demoTickets';
