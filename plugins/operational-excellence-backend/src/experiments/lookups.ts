/**
 * By which experiments and the annotations of services find each other: the
 * values of `experiment_lookups.lookup` and `experiment_matchers.lookup`.
 */
export const templateLookup = (templateId: string) => `template:${templateId}`;
export const tagLookup = (key: string, value: string) => `tag:${key}=${value}`;
export const entityLookup = (entityRef: string) =>
  `entity:${entityRef.toLocaleLowerCase('en-US')}`;
