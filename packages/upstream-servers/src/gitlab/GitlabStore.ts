import { IssueStore } from './IssueStore';
import {
  GitlabIssue,
  GitlabProject,
  GitlabToken,
  GitlabUser,
  Role,
  ROLE,
} from './records';

/** What a server has, and who may see which part of it. */
export class GitlabStore {
  readonly issues = new IssueStore();
  readonly projects = new Map<number, GitlabProject>();
  readonly tokens = new Map<string, GitlabToken>();
  private lastUserId = 1;
  private lastInstant = 0;

  /** Later than all instants before, as a database with fine clocks has it. */
  now(): number {
    this.lastInstant = Math.max(Date.now(), this.lastInstant + 1);
    return this.lastInstant;
  }

  addUser(username: string): GitlabUser {
    this.lastUserId += 1;
    return { id: this.lastUserId, username, name: username };
  }

  /** By its id, its path, or a path that it had before. */
  findProject(idOrPath: string): GitlabProject | undefined {
    if (/^\d+$/.test(idOrPath)) return this.projects.get(Number(idOrPath));
    const isMeant = (path: string) =>
      path.toLowerCase() === idOrPath.toLowerCase();
    const projects = [...this.projects.values()];
    return (
      projects.find(({ path }) => isMeant(path)) ??
      projects.find(({ formerPaths }) => formerPaths.some(isMeant))
    );
  }

  project(path: string): GitlabProject {
    const project = this.findProject(path);
    if (!project) throw new Error(`There is no project ${path}`);
    return project;
  }

  issue(path: string, iid: number): GitlabIssue {
    const id = this.issues.idOf(this.project(path).id, iid);
    if (id === undefined) throw new Error(`There is no issue ${path}#${iid}`);
    return this.issues.get(id);
  }

  /** The projects of a group and its subgroups. */
  projectsOf(group: string): GitlabProject[] {
    const prefix = `${group.toLowerCase()}/`;
    return [...this.projects.values()].filter(({ path }) =>
      path.toLowerCase().startsWith(prefix),
    );
  }

  /** The role of a caller in a project, as GitLab numbers it; 0 without one. */
  roleIn(project: GitlabProject, caller: GitlabUser | undefined): number {
    if (!caller) return 0;
    if (!project.members) return ROLE.maintainer;
    const role: Role | undefined = project.members[caller.username];
    return role ? ROLE[role] : 0;
  }

  canSee(project: GitlabProject, caller: GitlabUser | undefined): boolean {
    return project.visibility === 'public' || this.roleIn(project, caller) > 0;
  }

  canReadIssues(
    project: GitlabProject,
    caller: GitlabUser | undefined,
  ): boolean {
    if (project.issues === 'disabled') return false;
    return project.issues === 'enabled'
      ? this.canSee(project, caller)
      : this.roleIn(project, caller) > 0;
  }

  openIssues(project: GitlabProject): number {
    return this.issues
      .order(project.id)
      .filter(id => this.issues.get(id).state === 'opened').length;
  }

  /** Guests see confidential issues only if they wrote them. */
  canSeeConfidential(
    project: GitlabProject,
    caller: GitlabUser | undefined,
  ): boolean {
    return this.roleIn(project, caller) >= ROLE.reporter;
  }
}
