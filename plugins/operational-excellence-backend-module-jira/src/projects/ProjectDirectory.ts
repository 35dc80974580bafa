import { closest, distance } from 'fastest-levenshtein';
import { MissingContainer } from 'backstage-plugin-operational-excellence-node';
import { Answer, JiraApi, JiraProject } from '../api';

/** A project that was just created must not be missing for long. */
const RELOAD_AFTER_MS = 5 * 60_000;

/** What is further away was hardly meant. */
const MAX_DISTANCE = 2;

/** The projects that the account can browse, as far as they were asked for. */
export class ProjectDirectory {
  static create(options: { api: JiraApi; id: string }): ProjectDirectory {
    return new ProjectDirectory(options.api, options.id);
  }

  private projects: ReadonlyMap<string, JiraProject> | undefined;
  private loadedAt = -Infinity;

  private constructor(
    private readonly api: JiraApi,
    private readonly id: string,
  ) {}

  /** Asks for the projects. */
  async load(signal: AbortSignal): Promise<Pick<Answer<void>, 'requests'>> {
    const { value, requests } = await this.api.projects(signal);
    this.projects = new Map(
      value.map(project => [project.key.toUpperCase(), project]),
    );
    this.loadedAt = Date.now();
    return { requests };
  }

  /** Asks for the projects unless they were asked for recently. */
  async loadIfStale(
    signal: AbortSignal,
  ): Promise<Pick<Answer<void>, 'requests'>> {
    return Date.now() - this.loadedAt >= RELOAD_AFTER_MS
      ? this.load(signal)
      : { requests: 0 };
  }

  /** Asks for the projects if one of the keys may be that of a new one. */
  async refreshFor(
    keys: readonly string[],
    signal: AbortSignal,
  ): Promise<Pick<Answer<void>, 'requests'>> {
    return keys.every(key => this.has(key))
      ? { requests: 0 }
      : this.loadIfStale(signal);
  }

  /** Whether a project can be read, by what is known; before that, all can. */
  has(key: string): boolean {
    return !this.projects || this.projects.has(key);
  }

  missing(key: string): MissingContainer {
    const similar = this.similarTo(key);
    return {
      container: key,
      message: `There is no project ${key} in the Jira instance ${
        this.id
      }, or its account may not browse it${
        similar ? `; did you mean ${similar}?` : ''
      }`,
      ...(similar && { suggestion: similar }),
    };
  }

  /** A project by its key or its name, without regard to case and punctuation. */
  named(text: string): JiraProject | undefined {
    const wanted = plain(text);
    if (!wanted) return undefined;
    return [...(this.projects?.values() ?? [])].find(
      ({ key, name }) => plain(key) === wanted || plain(name) === wanted,
    );
  }

  private similarTo(key: string): string | undefined {
    const keys = [...(this.projects?.keys() ?? [])];
    if (keys.length === 0) return undefined;
    const nearest = closest(key, keys);
    return distance(key, nearest) <= MAX_DISTANCE ? nearest : undefined;
  }
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
