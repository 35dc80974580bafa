export * from './filedText';
export * from './includesAnyName';
export { instantBefore, laterInstant } from './instants';
export * from './rulesFingerprint';
export * from './updateCursor';
export * from './UpdateWalk';
export * from './webUrl';
