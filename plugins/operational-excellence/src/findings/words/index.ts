export * from './FindingStageLabel';
export * from './OriginLink';
export * from './SeverityLabel';
export * from './TagList';
export * from './useOriginPath';
