export * from './likeness';
export * from './readSimilarTickets';
