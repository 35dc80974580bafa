import { closest, distance } from 'fastest-levenshtein';
import { Asking, RedmineApi, RedmineProject } from '../api';

/** How long the list of projects is believed. */
const LIST_MS = 3_600_000;

/** How long it is believed that a name means no project. */
const ABSENCE_MS = 5 * 60_000;

interface Lookup {
  project: RedmineProject | undefined;
  at: number;
}

/**
 * The projects that the user sees. Redmine lists those that are active; a closed
 * one, whose issues it shows all the same, is looked up.
 */
export class ProjectDirectory {
  static create(api: RedmineApi): ProjectDirectory {
    return new ProjectDirectory(api);
  }

  private listed: RedmineProject[] | undefined;
  private listedAt = 0;
  private readonly lookups = new Map<number | string, Lookup>();

  private constructor(private readonly api: RedmineApi) {}

  /** Reads the list of projects anew. */
  async refresh(asking: Asking): Promise<RedmineProject[]> {
    const projects = await this.api.projects(asking);
    this.listed = projects;
    this.listedAt = Date.now();
    this.lookups.clear();
    return projects;
  }

  async list(asking: Asking): Promise<RedmineProject[]> {
    return this.listed && isYoungerThan(LIST_MS, this.listedAt)
      ? this.listed
      : this.refresh(asking);
  }

  /** What is known of the projects without asking. */
  known(): readonly RedmineProject[] {
    return this.listed ?? [];
  }

  /** A project by its number or identifier; `undefined` where the user sees none. */
  async find(
    name: number | string,
    asking: Asking,
  ): Promise<RedmineProject | undefined> {
    const listed = (await this.list(asking)).find(
      ({ id, identifier }) => id === name || identifier === name,
    );
    if (listed) return listed;
    const lookup = this.lookups.get(name);
    if (lookup && (lookup.project || isYoungerThan(ABSENCE_MS, lookup.at))) {
      return lookup.project;
    }
    const project = await this.api.project(name, asking);
    this.lookups.set(name, { project, at: Date.now() });
    return project;
  }

  /** The identifier that was most likely meant, if one is near. */
  suggestionFor(identifier: string): string | undefined {
    const identifiers = this.known().map(project => project.identifier);
    if (identifiers.length === 0) return undefined;
    const nearest = closest(identifier, identifiers);
    const bearable = Math.max(2, Math.floor(identifier.length / 3));
    return distance(identifier, nearest) <= bearable ? nearest : undefined;
  }
}

function isYoungerThan(ms: number, at: number): boolean {
  const age = Date.now() - at;
  return age >= 0 && age < ms;
}
