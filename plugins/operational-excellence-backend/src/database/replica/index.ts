export * from './createReplicaClient';
export * from './ReadDatabase';
export * from './ReadReplica';
