import { AnnotationSuggestion } from 'backstage-plugin-operational-excellence-node';

/**
 * The annotation of a service that names something, with what may have been meant
 * in its place; `undefined` where none names it as a whole word.
 *
 * @param keys - the annotations that the source reads, in its order
 */
export function suggestedAnnotation(options: {
  annotations: Readonly<Record<string, string>>;
  keys: readonly string[];
  named: string;
  meant: string;
}): AnnotationSuggestion | undefined {
  const { annotations, keys, meant, named } = options;
  const literal = named.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const word = new RegExp(`(?<![\\w.-])${literal}(?![\\w.-])`, 'gi');
  for (const annotation of keys) {
    if (!Object.hasOwn(annotations, annotation)) continue;
    const value = annotations[annotation];
    const suggested = value.replace(word, () => meant);
    if (suggested !== value) return { annotation, value: suggested };
  }
  return undefined;
}
