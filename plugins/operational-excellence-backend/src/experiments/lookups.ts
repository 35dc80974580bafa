import { Experiment } from 'backstage-plugin-operational-excellence-node';
import { storableText } from '../database';

const lookup = (kind: string, value: string) =>
  `${kind}:${storableText(value)}`;

/**
 * By which experiments and the annotations of services find each other: the
 * values of `experiment_lookups.lookup` and `experiment_matchers.lookup`.
 */
export const templateLookup = (templateId: string) =>
  lookup('template', templateId);

export const tagLookup = (key: string, value: string) =>
  lookup('tag', `${key}=${value}`);

export const entityLookup = (entityRef: string) =>
  lookup('entity', entityRef.toLocaleLowerCase('en-US'));

/** Everything that an experiment can be found by. */
export function lookupsOf(
  experiment: Pick<
    Experiment,
    'entityRefs' | 'tags' | 'templateId' | 'templateTags'
  >,
): Set<string> {
  const { entityRefs, tags, templateId, templateTags } = experiment;
  return new Set([
    ...entityRefs.map(entityLookup),
    ...(templateId === null ? [] : [templateLookup(templateId)]),
    ...Object.entries({ ...templateTags, ...tags }).map(([key, value]) =>
      tagLookup(key, value),
    ),
  ]);
}
