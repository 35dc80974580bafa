export * from './Digests';
export * from './digestInstants';
