export * from './FakeTicketSource';
export * from './FakeTicketUpstream';
export * from './FakeUpstream';
