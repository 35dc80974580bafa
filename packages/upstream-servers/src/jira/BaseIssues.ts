import { JiraIssue, numberOf, PRIORITIES, STATUSES } from './model';

/** The id of the first issue of a base, above all that are created one by one. */
const FIRST_ID = 1_000_000;

/** Most of an old project is done. */
const STATUS_MIX = [4, 4, 4, 4, 4, 4, 0, 1, 2, 5];
const TYPE_MIX = ['Improvement', 'Bug', 'Task', 'Task', 'Story'];
const LABEL_MIX = [[], ['ops'], ['tech-debt', 'ops'], ['customer'], []];
const DAY_MS = 86_400_000;

/**
 * Very many issues that are made up when they are asked for: spread evenly over
 * projects, in the order of their last update, one every `stepMs`.
 */
export class BaseIssues {
  constructor(
    private readonly options: {
      projects: string[];
      count: number;
      from: number;
      stepMs: number;
      components: string[];
    },
  ) {}

  get count(): number {
    return this.options.count;
  }

  id(index: number): number {
    return FIRST_ID + index;
  }

  updated(index: number): number {
    return this.options.from + index * this.options.stepMs;
  }

  projectKey(index: number): string {
    const { projects } = this.options;
    return projects[index % projects.length];
  }

  /** How many issues a project has at first. */
  sizeOf(projectKey: string): number {
    const { projects, count } = this.options;
    const place = projects.indexOf(projectKey);
    if (place < 0 || place >= count) return 0;
    return Math.floor((count - 1 - place) / projects.length) + 1;
  }

  /** The first issue that was updated at the instant or later. */
  indexFrom(instant: number): number {
    const { from, stepMs } = this.options;
    return Math.max(0, Math.ceil((instant - from) / stepMs));
  }

  /** How many from an index on belong to the projects. */
  countFrom(index: number, projectKeys: ReadonlySet<string> | undefined) {
    const { projects, count } = this.options;
    if (!projectKeys) return Math.max(0, count - index);
    return [...projectKeys].reduce((sum, key) => {
      const place = projects.indexOf(key);
      if (place < 0) return sum;
      const upTo = (end: number) =>
        end <= place ? 0 : Math.floor((end - 1 - place) / projects.length) + 1;
      return sum + upTo(count) - upTo(Math.min(index, count));
    }, 0);
  }

  indexOf(idOrKey: string): number | undefined {
    const { projects, count } = this.options;
    let index: number;
    if (/^\d+$/.test(idOrKey)) {
      index = Number(idOrKey) - FIRST_ID;
    } else {
      const key = idOrKey.toUpperCase();
      const place = projects.indexOf(key.slice(0, key.lastIndexOf('-')));
      index = place < 0 ? -1 : (numberOf(key) - 1) * projects.length + place;
    }
    return index >= 0 && index < count ? index : undefined;
  }

  issue(index: number): JiraIssue {
    const { projects, components } = this.options;
    const id = this.id(index);
    const number = Math.floor(index / projects.length) + 1;
    const projectKey = this.projectKey(index);
    const updated = this.updated(index);
    const created = updated - ((index % 300) + 1) * DAY_MS;
    const status = STATUSES[STATUS_MIX[index % STATUS_MIX.length]];
    const begun = created + 3_600_000;
    const histories = [];
    if (status.category !== 'new') {
      histories.push({
        id: id * 10,
        at: begun,
        items: [statusItem(STATUSES[0].id, '3')],
      });
    }
    if (status.category === 'done') {
      histories.push({
        id: id * 10 + 1,
        at: updated,
        items: [statusItem('3', status.id)],
      });
    }
    return {
      id,
      key: `${projectKey}-${number}`,
      projectKey,
      summary: `Issue ${number} of ${projectKey}`,
      description: null,
      issueType: TYPE_MIX[number % TYPE_MIX.length],
      statusId: status.id,
      labels: LABEL_MIX[number % LABEL_MIX.length],
      components: components.length
        ? [components[number % components.length]]
        : [],
      priority: PRIORITIES[number % PRIORITIES.length],
      assignee: number % 3 ? `user-${number % 50}` : null,
      created,
      updated,
      statusChanged: histories.at(-1)?.at ?? created,
      resolved: status.category === 'done' ? updated : null,
      hidden: false,
      custom: {},
      histories,
    };
  }
}

/** What the history says of a change of the status. */
export function statusItem(from: string, to: string) {
  const name = (id: string) =>
    STATUSES.find(status => status.id === id)?.name ?? null;
  return {
    field: 'status',
    fieldId: 'status',
    from,
    fromString: name(from),
    to,
    toString: name(to),
  };
}
