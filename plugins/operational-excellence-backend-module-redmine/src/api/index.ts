export * from './CredentialsProof';
export * from './RedmineApi';
export * from './RequestMeter';
export * from './schemas';
