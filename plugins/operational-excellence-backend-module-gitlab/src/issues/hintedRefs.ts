import { isWithin, parseProjectPath, ScopeName } from '../annotations';

/** Some issues of a project. */
export interface HintedIssues {
  name: ScopeName;
  iids: number[];
}

const IID = /^[1-9]\d{0,9}$/;

/** Names an issue within a group: `group/project#12`. */
export function groupRef(path: string, iid: number): string {
  return `${path.toLowerCase()}#${iid}`;
}

/**
 * The issues that refs name, by project; those of a project's scope are numbers,
 * those of a group's scope `group/project#12`. What does not belong to the scope
 * is left out.
 */
export function hintedIssues(
  scope: ScopeName,
  refs: readonly string[],
): HintedIssues[] {
  const projects = new Map<string, HintedIssues>();
  for (const ref of refs) {
    const [path, iid] = scope.kind === 'group' ? splitGroupRef(ref) : ['', ref];
    const name = scope.kind === 'group' ? nameWithin(path, scope.path) : scope;
    if (!name || !IID.test(iid)) continue;
    const project = projects.get(path) ?? { name, iids: [] };
    project.iids.push(Number(iid));
    projects.set(path, project);
  }
  return [...projects.values()];
}

function splitGroupRef(ref: string): [path: string, iid: string] {
  const [path, iid = ''] = ref.split('#');
  return [path, iid];
}

function nameWithin(path: string, group: string): ScopeName | undefined {
  return isWithin(path, group) ? parseProjectPath(path) : undefined;
}
