import { MalformedAnnotationError } from 'backstage-plugin-operational-excellence-node';

/** Names the repositories of an entity. */
export const ANNOTATION_PROJECT_SLUG = 'github.com/project-slug';

const EXPECTED =
  'owner/repository, or several of them separated by commas, such as acme/payments';

/** More than a service has; each becomes a scope of its own. */
const MAX_REPOSITORIES = 50;

// GitHub's own rules for names, which leave nothing that could change the path
// of a request. Underscores occur in the names of managed users.
const OWNER = /^[a-z\d][a-z\d_-]{0,99}$/i;
const REPOSITORY = /^(?!\.{1,2}$)[a-z\d._-]{1,100}$/i;

/** A repository as people name it. */
export interface RepositoryName {
  owner: string;
  name: string;
}

/** Reads `owner/repository`; `undefined` where the text is something else. */
export function parseRepositoryName(text: string): RepositoryName | undefined {
  const [owner, name, ...rest] = text.split('/');
  return rest.length === 0 && OWNER.test(owner) && REPOSITORY.test(name ?? '')
    ? { owner, name }
    : undefined;
}

/**
 * The key of a repository's scope, and the container of its tickets. GitHub
 * names repositories without regard to case.
 */
export function repositoryKey({ owner, name }: RepositoryName): string {
  return `${owner}/${name}`.toLowerCase();
}

/**
 * The repositories that an annotation `github.com/project-slug` names, each once.
 *
 * @throws MalformedAnnotationError
 */
export function parseProjectSlug(value: string): RepositoryName[] {
  const repositories = new Map<string, RepositoryName>();
  for (const part of value.split(',')) {
    const repository = parseRepositoryName(part.trim());
    if (!repository) {
      throw new MalformedAnnotationError(
        ANNOTATION_PROJECT_SLUG,
        value,
        EXPECTED,
      );
    }
    const key = repositoryKey(repository);
    if (!repositories.has(key)) repositories.set(key, repository);
  }
  if (repositories.size > MAX_REPOSITORIES) {
    throw new MalformedAnnotationError(
      ANNOTATION_PROJECT_SLUG,
      value,
      `at most ${MAX_REPOSITORIES} repositories`,
    );
  }
  return [...repositories.values()];
}
