/**
 * What a source gets to know of a service.
 *
 * @public
 */
export interface ServiceDescriptor {
  entityRef: string;
  title: string;
  /** The annotations that any source declared to need. */
  annotations: Readonly<Record<string, string>>;
}

/**
 * An annotation that a service could carry.
 *
 * @public
 */
export interface AnnotationSuggestion {
  annotation: string;
  value: string;
}

/**
 * Thrown by a source that cannot read an annotation. It marks the measure of
 * that service with the message and touches nothing else.
 *
 * @public
 */
export class MalformedAnnotationError extends Error {
  override readonly name = 'MalformedAnnotationError';

  /**
   * @param annotation - the key of the annotation
   * @param value - its value as given
   * @param expected - what a value looks like, such as `owner/repository`
   */
  constructor(annotation: string, value: string, expected: string) {
    const shown = value.length > 100 ? `${value.slice(0, 100)}…` : value;
    super(
      `The annotation ${annotation} is ${JSON.stringify(
        shown,
      )}; expected ${expected}`,
    );
  }
}
