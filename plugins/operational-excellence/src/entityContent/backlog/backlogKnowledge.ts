import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';

/**
 * How far the figures of a backlog can be believed: `known`; `last-known` where
 * the source has been silent too long; `not-known` where nothing was ever heard,
 * so that a zero would be a guess; `not-configured` where there is no source.
 */
export type BacklogKnowledge =
  | 'known'
  | 'last-known'
  | 'not-known'
  | 'not-configured';

/** @see BacklogKnowledge */
export function backlogKnowledge(service: ServiceDetail): BacklogKnowledge {
  const { backlog } = service;
  const state = backlog.underlyingState ?? backlog.state;
  const unheard = backlog.openCount === 0 ? 'not-known' : 'last-known';
  switch (state) {
    case 'not-configured':
      return 'not-configured';
    case 'unknown':
      return unheard;
    case 'not-required': {
      // The policy asks nothing, so that the state does not tell.
      const sources = service.sources.filter(
        ({ measure }) => measure === 'backlog',
      );
      if (!sources.length) return 'not-configured';
      // A scope that does well may not have read what the service names.
      return backlog.checkedAt === null ||
        sources.some(({ health }) => health === 'never' || health === 'stale')
        ? unheard
        : 'known';
    }
    default:
      return 'known';
  }
}
