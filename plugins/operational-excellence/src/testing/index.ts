export * from './experimentFixtures';
export * from './FakeOperationalExcellenceApi';
export * from './instants';
export * from './refusal';
export * from './serviceFixtures';
export * from './sourceFixtures';
export * from './ticketFixtures';
