export * from './conditions';
export * from './isServiceOwner';
export * from './ServiceResources';
export * from './nameOfCaller';
