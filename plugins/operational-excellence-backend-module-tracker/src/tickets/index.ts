export * from './TicketListQuery';
export * from './TrackerStore';
export * from './TrackerTicket';
export * from './pastTicket';
export * from './ticketSchemas';
export * from './transitions';
