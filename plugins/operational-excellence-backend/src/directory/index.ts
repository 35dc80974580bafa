export * from './ServiceDirectory';
