import {
  findingSeveritySchema,
  type FindingSeverity,
  type Lesson,
} from 'backstage-plugin-operational-excellence-common';

/** What lessons can come from. */
export const ORIGINS = [
  'game-day',
  'tabletop',
  'pre-mortem',
  'readiness-test',
] as const satisfies Lesson['origin']['kind'][];

/** What is shown; all of it is in the URL, so that it can be shared. */
export interface LessonsView {
  q: string;
  tags: string[];
  severities: FindingSeverity[];
  origins: Lesson['origin']['kind'][];
  /** References of owners; lessons of any where empty. */
  owners: string[];
}

export const ALL_LESSONS: LessonsView = {
  q: '',
  tags: [],
  severities: [],
  origins: [],
  owners: [],
};

/** Whether anything narrows what is shown. */
export function isNarrowed(view: LessonsView): boolean {
  return Object.values(view).some(value => value.length > 0);
}

/** The view that the parameters of a URL name; what they make no sense of is left out. */
export function parseLessons(params: URLSearchParams): LessonsView {
  const all = (name: string) =>
    [...new Set(params.getAll(name))].filter(Boolean);
  return {
    q: params.get('q') ?? '',
    tags: all('tag'),
    severities: findingSeveritySchema.options.filter(value =>
      all('severity').includes(value),
    ),
    origins: ORIGINS.filter(value => all('origin').includes(value)),
    owners: all('owner'),
  };
}

export function formatLessons(view: LessonsView): URLSearchParams {
  const params = new URLSearchParams();
  if (view.q) params.set('q', view.q);
  view.tags.forEach(value => params.append('tag', value));
  view.severities.forEach(value => params.append('severity', value));
  view.origins.forEach(value => params.append('origin', value));
  view.owners.forEach(value => params.append('owner', value));
  return params;
}
