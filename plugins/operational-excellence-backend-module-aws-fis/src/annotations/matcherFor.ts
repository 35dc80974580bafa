import {
  ANNOTATION_FIS_TAGS,
  ANNOTATION_FIS_TEMPLATE_IDS,
} from 'backstage-plugin-operational-excellence-common';
import {
  ExperimentMatcher,
  MalformedAnnotationError,
  ServiceDescriptor,
} from 'backstage-plugin-operational-excellence-node';

/** The annotations that {@link matcherFor} reads. */
export const ANNOTATIONS = [
  ANNOTATION_FIS_TEMPLATE_IDS,
  ANNOTATION_FIS_TAGS,
] as const;

const TEMPLATE_ID = /^EXT[A-Za-z0-9]{1,61}$/;

/**
 * Which experiments exercise a service by its annotations; `undefined` where it
 * has none.
 *
 * @throws MalformedAnnotationError
 */
export function matcherFor({
  annotations,
}: ServiceDescriptor): ExperimentMatcher | undefined {
  const ids = annotations[ANNOTATION_FIS_TEMPLATE_IDS];
  const tags = annotations[ANNOTATION_FIS_TAGS];
  if (ids === undefined && tags === undefined) return undefined;
  return {
    templateIds: ids === undefined ? [] : templateIds(ids),
    tagSelectors: tags === undefined ? [] : tagSelectors(tags),
  };
}

function templateIds(value: string): string[] {
  const ids = value.split(',').map(id => id.trim());
  if (!ids.every(id => TEMPLATE_ID.test(id))) {
    throw new MalformedAnnotationError(
      ANNOTATION_FIS_TEMPLATE_IDS,
      value,
      'ids of experiment templates separated by commas, such as EXT8wWxM2G3TYn3K',
    );
  }
  return [...new Set(ids)];
}

function tagSelectors(value: string): Record<string, string>[] {
  return value.split(';').map(alternative => {
    const selector = new Map<string, string>();
    for (const pair of alternative.split(',')) {
      const [, key, wanted] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
      const name = key?.trim();
      // What has to be two things at once matches nothing.
      const isContradiction =
        name && selector.has(name) && selector.get(name) !== wanted.trim();
      if (!name || isContradiction) throw malformedTags(value);
      selector.set(name, wanted.trim());
    }
    return Object.fromEntries(selector);
  });
}

function malformedTags(value: string): MalformedAnnotationError {
  return new MalformedAnnotationError(
    ANNOTATION_FIS_TAGS,
    value,
    'pairs key=value separated by commas, and alternatives by semicolons, such as Service=payments,Env=staging;Service=checkout',
  );
}
