export * from './OperationalExcellenceApi';
export * from './OperationalExcellenceClient';
