export * from './Printable';
export * from './PrintButton';
export * from './useNotPrinted';
