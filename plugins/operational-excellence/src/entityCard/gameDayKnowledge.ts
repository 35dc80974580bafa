import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';

/**
 * How far it can be believed when the last game day was, or that there was
 * none: `not-known` where a source has been silent too long, `not-configured`
 * where there is no source.
 */
export type GameDayKnowledge = 'known' | 'not-known' | 'not-configured';

/** @see GameDayKnowledge */
export function gameDayKnowledge(service: ServiceDetail): GameDayKnowledge {
  const { gameDay } = service;
  switch (gameDay.underlyingState ?? gameDay.state) {
    case 'not-configured':
      return 'not-configured';
    case 'unknown':
      return 'not-known';
    case 'not-required': {
      // The policy asks nothing, so that the state does not tell.
      const sources = service.sources.filter(
        ({ measure }) => measure === 'gameDay',
      );
      if (!sources.length) return gameDay.last ? 'known' : 'not-configured';
      return sources.some(
        ({ health }) => health === 'never' || health === 'stale',
      )
        ? 'not-known'
        : 'known';
    }
    default:
      return 'known';
  }
}
