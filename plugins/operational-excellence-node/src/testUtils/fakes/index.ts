export * from './FakeExperimentSource';
export * from './FakeExperimentUpstream';
export * from './FakeTicketSource';
export * from './FakeTicketUpstream';
export * from './FakeUpstream';
