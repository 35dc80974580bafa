export * from './FilingAuthors';
export * from './IssueFiling';
