export * from './batches';
export * from './ProjectDirectory';
