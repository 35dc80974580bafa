import { MalformedAnnotationError } from 'backstage-plugin-operational-excellence-node';

/** Names the projects of an entity. */
export const ANNOTATION_PROJECT = 'redmine.org/project';

const EXPECTED =
  'the identifier of a project, or several of them separated by commas, such as payments';

/** More than a service has. */
const MAX_PROJECTS = 50;

// Redmine's own rules: lower case, and not of digits alone. Nothing of it could
// change the path of a request.
const IDENTIFIER = /^(?!\d+$)[a-z\d_-]{1,100}$/;
const INSTANCE = /^[a-z\d._-]{1,100}$/i;

/** Whether a text can be the identifier of a project. */
export function isProjectIdentifier(text: string): boolean {
  return IDENTIFIER.test(text);
}

/** Whether a text can name an instance in front of an identifier. */
export function isInstanceName(text: string): boolean {
  return INSTANCE.test(text);
}

/**
 * The identifiers of one instance's projects that an annotation names, each once.
 * A name without an instance means the first instance.
 *
 * @param instances - the names of all instances, in their order
 * @throws MalformedAnnotationError
 */
export function parseProjects(
  value: string,
  { instance, instances }: { instance: string; instances: readonly string[] },
): string[] {
  const named = value.split(',').map(part => {
    const [first, second, ...rest] = part.trim().split('/');
    const [of, identifier] =
      second === undefined ? [instances[0], first] : [first, second];
    if (
      rest.length > 0 ||
      !isInstanceName(of) ||
      !IDENTIFIER.test(identifier)
    ) {
      throw new MalformedAnnotationError(ANNOTATION_PROJECT, value, EXPECTED);
    }
    if (!instances.includes(of)) {
      throw new MalformedAnnotationError(
        ANNOTATION_PROJECT,
        value,
        `one of the configured instances before the slash: ${instances.join(
          ', ',
        )}`,
      );
    }
    return { of, identifier };
  });
  if (named.length > MAX_PROJECTS) {
    throw new MalformedAnnotationError(
      ANNOTATION_PROJECT,
      value,
      `at most ${MAX_PROJECTS} projects`,
    );
  }
  return [
    ...new Set(
      named
        .filter(({ of }) => of === instance)
        .map(({ identifier }) => identifier),
    ),
  ];
}
