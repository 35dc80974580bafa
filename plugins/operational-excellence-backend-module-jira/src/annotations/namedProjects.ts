import {
  MalformedAnnotationError,
  ServiceDescriptor,
} from 'backstage-plugin-operational-excellence-node';
import {
  ANNOTATION_DASHBOARD_PROJECT_KEY,
  ANNOTATION_PROJECT_KEY,
} from './keys';

/** A project, and the instance that holds it. */
export interface NamedProject {
  instance: string;
  key: string;
}

/** Which instances there are, and which one is meant where none is named. */
export interface InstanceNames {
  ids: readonly string[];
  defaultId: string;
}

const EXPECTED =
  'the key of a project, such as PAY or acme/PAY, or several of them separated by commas';

/** Nothing of it could change the meaning of a query or a path. */
const PROJECT_KEY = /^[A-Za-z][A-Za-z0-9_]{1,79}$/;

/** More than a service has. */
const MAX_PROJECTS = 50;

/**
 * The projects that a service names, each once.
 *
 * @throws MalformedAnnotationError
 */
export function namedProjects(
  { annotations }: ServiceDescriptor,
  instances: InstanceNames,
): NamedProject[] {
  const projects = new Map<string, NamedProject>();
  for (const annotation of [
    ANNOTATION_PROJECT_KEY,
    ANNOTATION_DASHBOARD_PROJECT_KEY,
  ]) {
    const value = annotations[annotation];
    if (value === undefined) continue;
    for (const part of value.split(',')) {
      const project = parseProject(part.trim(), {
        annotation,
        value,
        instances,
      });
      projects.set(`${project.instance}/${project.key}`, project);
    }
    if (projects.size > MAX_PROJECTS) {
      throw new MalformedAnnotationError(
        annotation,
        value,
        `at most ${MAX_PROJECTS} projects`,
      );
    }
  }
  return [...projects.values()];
}

function parseProject(
  text: string,
  from: { annotation: string; value: string; instances: InstanceNames },
): NamedProject {
  const { annotation, value, instances } = from;
  const slash = text.lastIndexOf('/');
  const key = text.slice(slash + 1);
  if (!PROJECT_KEY.test(key)) {
    throw new MalformedAnnotationError(annotation, value, EXPECTED);
  }
  const prefix = slash < 0 ? undefined : text.slice(0, slash).toLowerCase();
  return {
    instance: instanceNamed(prefix, from) ?? instances.defaultId,
    key: key.toUpperCase(),
  };
}

function instanceNamed(
  prefix: string | undefined,
  from: { annotation: string; value: string; instances: InstanceNames },
): string | undefined {
  const { ids } = from.instances;
  if (prefix === undefined) return undefined;
  const id = ids.find(known => known === prefix);
  // The dashboard plugin calls the default instance so.
  if (id === undefined && prefix !== 'default') {
    throw new MalformedAnnotationError(
      from.annotation,
      from.value,
      `a configured instance before the slash: ${ids.join(', ')}`,
    );
  }
  return id;
}
