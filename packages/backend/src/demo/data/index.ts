export * from './DemoService';
export * from './exercises';
export * from './landscape';
export * from './organisation';
export * from './readinessAnswers';
export * from './scenarios';
export * from './services';
export * from './ticketTitles';
