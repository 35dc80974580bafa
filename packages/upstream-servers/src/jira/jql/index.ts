export * from './evaluate';
export * from './parseJql';
export { JqlError } from './tokens';
