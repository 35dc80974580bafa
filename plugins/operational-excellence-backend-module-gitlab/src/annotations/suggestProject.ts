import {
  AnnotationSuggestion,
  ServiceDescriptor,
} from 'backstage-plugin-operational-excellence-node';
import { locationOf } from './hostRule';
import { ANNOTATION_PROJECT_SLUG } from './names';
import { parseProjectPath } from './ScopeName';

/** What ends the path of a project in the addresses of its pages. */
const END_OF_PROJECT = /\/(?:-|tree|blob|raw|edit)\/.*$|\.git\/?$|\/+$/;

/**
 * The project that holds the code of a service, where that lies on a GitLab
 * instance.
 *
 * @param baseUrl - the address of the instance, without a trailing slash
 */
export function suggestProject(
  service: Pick<ServiceDescriptor, 'annotations'>,
  baseUrl: string,
): AnnotationSuggestion[] {
  const location = locationOf(service);
  if (!location?.href.startsWith(`${baseUrl}/`)) return [];
  const value = `${location.origin}${location.pathname}`
    .slice(baseUrl.length + 1)
    .replace(END_OF_PROJECT, '');
  return parseProjectPath(value)
    ? [{ annotation: ANNOTATION_PROJECT_SLUG, value }]
    : [];
}
