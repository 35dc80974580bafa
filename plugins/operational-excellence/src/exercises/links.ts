import type { ExerciseKind } from 'backstage-plugin-operational-excellence-common';
import { rootRouteRef } from '../routes';
import { usePagePath } from '../usePagePath';

/** What is known of an exercise before it is planned. */
export interface PlanStart {
  kind?: ExerciseKind;
  /** The entity references of its services. */
  services?: string[];
  /** The day, such as 2026-12-31. */
  day?: string;
  /** The id of the exercise that it repeats. */
  after?: string;
}

/** Where exercises are shown and planned. */
export interface GameDayLinks {
  overview: (params?: URLSearchParams) => string;
  exercise: (id: string) => string;
  edit: (id: string) => string;
  plan: (start?: PlanStart) => string;
}

/** The addresses of the pages; `undefined` where the app shows none of them. */
export function useGameDayLinks(): GameDayLinks | undefined {
  const root = usePagePath(rootRouteRef);
  return root === undefined ? undefined : gameDayLinks(root);
}

function gameDayLinks(root: string): GameDayLinks {
  const base = `${root.replace(/\/$/, '')}/game-days`;
  const at = (path: string, params?: URLSearchParams) => {
    const search = params?.toString();
    return search ? `${path}?${search}` : path;
  };
  const exercise = (id: string) => `${base}/${encodeURIComponent(id)}`;
  return {
    overview: params => at(base, params),
    exercise,
    edit: id => `${exercise(id)}/edit`,
    plan: (start = {}) => at(`${base}/new`, formatPlanStart(start)),
  };
}

/** Writes what is known as the parameters of a URL. */
export function formatPlanStart(start: PlanStart): URLSearchParams {
  const params = new URLSearchParams();
  if (start.kind) params.set('kind', start.kind);
  start.services?.forEach(ref => params.append('service', ref));
  if (start.day) params.set('day', start.day);
  if (start.after) params.set('after', start.after);
  return params;
}
