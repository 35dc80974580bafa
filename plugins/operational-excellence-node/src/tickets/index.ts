export * from './includesAnyName';
export * from './rulesFingerprint';
export * from './webUrl';
