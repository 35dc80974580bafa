/** What a scope is: a project by its path or its number, or a group by its path. */
export type ScopeName =
  | { kind: 'project'; path: string }
  | { kind: 'project-id'; id: string }
  | { kind: 'group'; path: string };

// GitLab's own rules, which leave nothing that could change the path of
// a request.
const SEGMENT = /^(?!\.{1,2}$)[a-z\d_.][a-z\d_.-]{0,254}$/i;
const ID = /^[1-9]\d{0,14}$/;

const ID_PREFIX = 'id:';
const GROUP_PREFIX = 'group:';

/** The most groups within each other, and the project. */
const MAX_SEGMENTS = 21;

function isPath(text: string, atLeast: number): boolean {
  const segments = text.split('/');
  return (
    segments.length >= atLeast &&
    segments.length <= MAX_SEGMENTS &&
    segments.every(segment => SEGMENT.test(segment))
  );
}

/** Reads `group/project`; `undefined` where the text is something else. */
export function parseProjectPath(text: string): ScopeName | undefined {
  return isPath(text, 2) ? { kind: 'project', path: text } : undefined;
}

/** Reads a project's number. */
export function parseProjectId(text: string): ScopeName | undefined {
  return ID.test(text) ? { kind: 'project-id', id: text } : undefined;
}

/** Reads `group/subgroup`. */
export function parseGroupPath(text: string): ScopeName | undefined {
  return isPath(text, 1) ? { kind: 'group', path: text } : undefined;
}

/**
 * The key of a scope, and the container of its tickets. GitLab names projects and
 * groups without regard to case; no path has a colon.
 */
export function scopeKey(name: ScopeName): string {
  switch (name.kind) {
    case 'project':
      return name.path.toLowerCase();
    case 'project-id':
      return `${ID_PREFIX}${name.id}`;
    default:
      return `${GROUP_PREFIX}${name.path.toLowerCase()}`;
  }
}

/** Reads the key of a scope; `undefined` where it is none. */
export function parseScopeKey(key: string): ScopeName | undefined {
  if (key.startsWith(ID_PREFIX))
    return parseProjectId(key.slice(ID_PREFIX.length));
  if (key.startsWith(GROUP_PREFIX)) {
    return parseGroupPath(key.slice(GROUP_PREFIX.length));
  }
  return parseProjectPath(key);
}

/** Whether a project or group lies within a group; all by their paths. */
export function isWithin(path: string, group: string): boolean {
  return path.toLowerCase().startsWith(`${group.toLowerCase()}/`);
}

/** All groups that a project or group lies within, by its path. */
export function groupsAround(path: string): string[] {
  const segments = path.split('/').slice(0, -1);
  return segments.map((_, index) => segments.slice(0, index + 1).join('/'));
}
