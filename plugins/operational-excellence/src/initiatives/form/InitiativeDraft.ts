import {
  measureSchema,
  type Initiative,
  type InitiativeChange,
  type InitiativeFilter,
  type InitiativeGoal,
  type InitiativeSubmission,
  type Measure,
} from 'backstage-plugin-operational-excellence-common';
import type { DraftKind } from '../../drafts';
import { newSubmissionKey } from '../../improvements/draft';
import { FILTER_KEYS, FilterKey } from '../words';

/** What a person types into the form. */
export interface InitiativeDraft {
  /** The key under which it is submitted, however often that is tried. */
  key: string;
  title: string;
  description: string;
  goalKind: InitiativeGoal['kind'];
  measure: Measure;
  /** A day in UTC, such as 2026-12-31; of a goal that asks for something since. */
  since: string;
  dueOn: string;
  filters: Record<FilterKey, string[]>;
  q: string;
  /** The version that is changed; 0 for a new one. */
  version: number;
}

/** A draft in which nothing is filled in. */
export function newInitiative(): InitiativeDraft {
  return {
    key: newSubmissionKey(),
    title: '',
    description: '',
    goalKind: 'in-order',
    measure: 'gameDay',
    since: '',
    dueOn: '',
    filters: filtersOf({}),
    q: '',
    version: 0,
  };
}

/** A draft that changes an initiative. */
export function draftOf(initiative: Initiative): InitiativeDraft {
  const { description, dueOn, filter, goal, title, version } = initiative;
  return {
    ...newInitiative(),
    title,
    description: description ?? '',
    goalKind: goal.kind,
    measure: goal.measure,
    since: goal.kind === 'done-since' ? goal.since : '',
    dueOn,
    filters: filtersOf(filter),
    q: filter.q ?? '',
    version,
  };
}

function filtersOf(filter: InitiativeFilter): InitiativeDraft['filters'] {
  return Object.fromEntries(
    FILTER_KEYS.map(key => [key, filter[key] ?? []]),
  ) as InitiativeDraft['filters'];
}

/** How drafts of initiatives are kept. */
export const initiativeDrafts: DraftKind<InitiativeDraft> = {
  format: draft => ({ ...draft, filters: { ...draft.filters } }),
  isUntouched: (draft, begun) => wordingOf(draft) === wordingOf(begun),
  parse: kept => {
    if (typeof kept !== 'object' || kept === null) return undefined;
    const fields: Record<string, unknown> = { ...kept };
    const text = (name: string) => {
      const value = fields[name];
      return typeof value === 'string' ? value : '';
    };
    const measure = measureSchema.safeParse(fields.measure);
    const filters: Record<string, unknown> = { ...Object(fields.filters) };
    return {
      ...newInitiative(),
      key: text('key') || newSubmissionKey(),
      title: text('title'),
      description: text('description'),
      goalKind: fields.goalKind === 'done-since' ? 'done-since' : 'in-order',
      measure: measure.success ? measure.data : 'gameDay',
      since: text('since'),
      dueOn: text('dueOn'),
      filters: Object.fromEntries(
        FILTER_KEYS.map(key => [key, textsOf(filters[key])]),
      ) as InitiativeDraft['filters'],
      q: text('q'),
      version: typeof fields.version === 'number' ? fields.version : 0,
    };
  },
};

function textsOf(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((each): each is string => typeof each === 'string')
    : [];
}

function wordingOf({ key, version, ...wording }: InitiativeDraft): string {
  return JSON.stringify(wording);
}

/** The services that a draft is for. */
export function filterOf(draft: InitiativeDraft): InitiativeFilter {
  const q = draft.q.trim();
  const chosen = FILTER_KEYS.filter(key => draft.filters[key].length);
  return {
    ...Object.fromEntries(chosen.map(key => [key, draft.filters[key]])),
    ...(q && { q }),
  };
}

function goalOf({ goalKind, measure, since }: InitiativeDraft): InitiativeGoal {
  // Of a backlog nothing was ever done on a day; the form does not offer it.
  return goalKind === 'done-since' && measure !== 'backlog'
    ? { kind: 'done-since', measure, since }
    : { kind: 'in-order', measure };
}

function fieldsOf(draft: InitiativeDraft) {
  return {
    title: draft.title.trim(),
    description: draft.description.trim() || null,
    filter: filterOf(draft),
    goal: goalOf(draft),
    dueOn: draft.dueOn,
  };
}

/** What a draft without problems is sent as. */
export function submissionOf(draft: InitiativeDraft): InitiativeSubmission {
  return { key: draft.key, ...fieldsOf(draft) };
}

/** What a draft that changes an initiative is sent as. */
export function changeOf(draft: InitiativeDraft): InitiativeChange {
  return { version: draft.version, ...fieldsOf(draft) };
}
