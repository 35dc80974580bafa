export * from './TicketStore';
