export * from './conditions';
export * from './isServiceOwner';
export * from './ServiceResources';
