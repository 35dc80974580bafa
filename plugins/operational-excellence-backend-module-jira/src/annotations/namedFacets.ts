import {
  MalformedAnnotationError,
  ServiceDescriptor,
} from 'backstage-plugin-operational-excellence-node';
import {
  ANNOTATION_COMPONENT,
  ANNOTATION_DASHBOARD_COMPONENTS,
  ANNOTATION_LABEL,
} from './keys';

/** Each combination becomes a matcher of its own. */
const MAX_NAMES = 20;
/** The longest name of a component or label in Jira. */
const MAX_LENGTH = 255;

/** A component as tickets and services name it; without regard to case. */
export function componentFacet(name: string): string {
  return `component:${normalised(name)}`;
}

/** A label as tickets and services name it; without regard to case. */
export function labelFacet(name: string): string {
  return `label:${normalised(name)}`;
}

function normalised(name: string): string {
  return name.trim().toLowerCase();
}

/**
 * The sets of facets of which a ticket must have one in whole, by the components
 * and labels that a service names; one empty set where it names none.
 *
 * @throws MalformedAnnotationError
 */
export function namedFacets(service: ServiceDescriptor): string[][] {
  const components = [
    ...namesIn(service, ANNOTATION_COMPONENT, 'component'),
    ...namesIn(service, ANNOTATION_DASHBOARD_COMPONENTS, 'component'),
  ].map(componentFacet);
  const labels = namesIn(service, ANNOTATION_LABEL, 'label').map(labelFacet);
  return combined(unique(components)).flatMap(component =>
    combined(unique(labels)).map(label => [...component, ...label]),
  );
}

function namesIn(
  { annotations }: ServiceDescriptor,
  annotation: string,
  what: string,
): string[] {
  const value = annotations[annotation];
  if (value === undefined) return [];
  const names = value.split(',').map(name => name.trim());
  const isRight =
    names.length <= MAX_NAMES &&
    names.every(name => name !== '' && name.length <= MAX_LENGTH);
  if (!isRight) {
    throw new MalformedAnnotationError(
      annotation,
      value,
      `the name of a ${what}, or up to ${MAX_NAMES} separated by commas`,
    );
  }
  return names;
}

function combined(facets: string[]): string[][] {
  return facets.length ? facets.map(facet => [facet]) : [[]];
}

function unique(facets: string[]): string[] {
  return [...new Set(facets)];
}
