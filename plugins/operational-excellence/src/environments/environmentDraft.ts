import {
  environmentNameSchema,
  webAddressSchema,
  type EnvironmentItem,
  type EnvironmentKind,
  type EnvironmentReportInput,
} from 'backstage-plugin-operational-excellence-common';
import { toInstant, toLocalTime } from '../exercises/localTimes';

/** What a person types into the form. */
export interface EnvironmentDraft {
  name: string;
  title: string;
  kind: EnvironmentKind;
  ownerRef: string;
  /** Entity references, with commas in between. */
  entityRefs: string;
  url: string;
  /** A local time, such as 2026-12-31T12:00; empty for never. */
  expiresAt: string;
}

export type EnvironmentProblem =
  | 'name'
  | 'title'
  | 'owner'
  | 'url'
  | 'expires'
  | 'past';

export type EnvironmentProblems = Partial<
  Record<keyof EnvironmentDraft, EnvironmentProblem>
>;

/** @param entityRef - the service that it is reported from, if any */
export function newEnvironment(
  entityRef: string | undefined,
): EnvironmentDraft {
  return {
    name: '',
    title: '',
    kind: 'temporary',
    ownerRef: '',
    entityRefs: entityRef ?? '',
    url: '',
    expiresAt: '',
  };
}

/** A draft that reports an environment anew. */
export function draftOf(environment: EnvironmentItem): EnvironmentDraft {
  const { kind, name, ownerRef, services, title, url } = environment;
  return {
    name,
    title,
    kind,
    ownerRef,
    entityRefs: services.map(({ entityRef }) => entityRef).join(', '),
    url: url ?? '',
    expiresAt: toLocalTime(environment.expiresAt),
  };
}

/**
 * What has to be corrected before a draft can be sent.
 *
 * @param options - `unchanged`: the end that it has already, which may be past
 */
export function environmentProblems(
  draft: EnvironmentDraft,
  options: { now: number; unchanged: string },
): EnvironmentProblems {
  const { now, unchanged } = options;
  const problems: EnvironmentProblems = {};
  if (!environmentNameSchema.safeParse(draft.name.trim()).success) {
    problems.name = 'name';
  }
  if (!draft.title.trim()) problems.title = 'title';
  if (!draft.ownerRef.trim()) problems.ownerRef = 'owner';
  if (draft.url.trim() && !webAddressSchema.safeParse(draft.url).success) {
    problems.url = 'url';
  }
  if (!draft.expiresAt) {
    if (draft.kind === 'temporary') problems.expiresAt = 'expires';
  } else if (draft.expiresAt !== unchanged) {
    const end = toInstant(draft.expiresAt);
    if (!end || Date.parse(end) <= now) problems.expiresAt = 'past';
  }
  return problems;
}

/** What a draft without problems is sent as. */
export function reportOf(
  draft: EnvironmentDraft,
  earlier: EnvironmentItem | undefined,
): EnvironmentReportInput {
  const isSameEnd = earlier && draft.expiresAt === draftOf(earlier).expiresAt;
  return {
    kind: draft.kind,
    title: draft.title.trim(),
    ownerRef: draft.ownerRef.trim(),
    entityRefs: draft.entityRefs
      .split(',')
      .map(ref => ref.trim())
      .filter(Boolean),
    url: draft.url.trim() || null,
    expiresAt: isSameEnd
      ? earlier.expiresAt
      : toInstant(draft.expiresAt) ?? null,
  };
}
