import {
  MalformedAnnotationError,
  ServiceDescriptor,
} from 'backstage-plugin-operational-excellence-node';
import {
  ANNOTATION_GROUP_SLUG,
  ANNOTATION_PROJECT_ID,
  ANNOTATION_PROJECT_SLUG,
} from './names';
import {
  isWithin,
  parseGroupPath,
  parseProjectId,
  parseProjectPath,
  ScopeName,
  scopeKey,
} from './ScopeName';

/** More than a service has; each becomes a scope of its own. */
const MAX_NAMES = 50;

/**
 * The projects and groups whose issues belong to a service, so that none of them
 * holds an issue of another one: what lies within a group that is named as well
 * is left out.
 *
 * @throws MalformedAnnotationError
 */
export function namedScopes({
  annotations,
}: Pick<ServiceDescriptor, 'annotations'>): ScopeName[] {
  const groups = readList(
    annotations,
    ANNOTATION_GROUP_SLUG,
    'group, group/subgroup, or several of them separated by commas, such as acme/payments',
    parseGroupPath,
  );
  const projects = readList(
    annotations,
    ANNOTATION_PROJECT_SLUG,
    'group/project, or several of them separated by commas, such as acme/payments',
    parseProjectPath,
  );
  const names = [...groups, ...projects, ...readId(annotations)];
  return names.filter(
    name =>
      name.kind === 'project-id' ||
      !groups.some(
        group => group.kind === 'group' && isWithin(name.path, group.path),
      ),
  );
}

/**
 * The project that is named by its number. Common plugins want either the number
 * or the path; where an entity has both, they mean the same project.
 */
function readId(annotations: ServiceDescriptor['annotations']): ScopeName[] {
  const value = annotations[ANNOTATION_PROJECT_ID];
  if (
    value === undefined ||
    annotations[ANNOTATION_PROJECT_SLUG] !== undefined
  ) {
    return [];
  }
  if (annotations[ANNOTATION_GROUP_SLUG] !== undefined) {
    // It might lie within the group; its issues would count twice.
    throw new MalformedAnnotationError(
      ANNOTATION_PROJECT_ID,
      value,
      `${ANNOTATION_PROJECT_SLUG} in its place, because ${ANNOTATION_GROUP_SLUG} is there too and a number does not tell whether the project belongs to the group`,
    );
  }
  return readList(
    annotations,
    ANNOTATION_PROJECT_ID,
    'the number of a project, in quotes, such as "4711"',
    parseProjectId,
  );
}

function readList(
  annotations: ServiceDescriptor['annotations'],
  annotation: string,
  expected: string,
  parse: (text: string) => ScopeName | undefined,
): ScopeName[] {
  const value = annotations[annotation];
  if (value === undefined) return [];
  const names = new Map<string, ScopeName>();
  for (const part of value.split(',')) {
    const name = parse(part.trim());
    if (!name) throw new MalformedAnnotationError(annotation, value, expected);
    if (!names.has(scopeKey(name))) names.set(scopeKey(name), name);
  }
  if (names.size > MAX_NAMES) {
    throw new MalformedAnnotationError(
      annotation,
      value,
      `at most ${MAX_NAMES} names`,
    );
  }
  return [...names.values()];
}
