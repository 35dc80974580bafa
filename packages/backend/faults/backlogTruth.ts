import { Truth } from 'backstage-plugin-operational-excellence-node/testUtils';

const WINDOW_MS = 90 * 86_400_000;

/** The backlog figures of improvements, by nothing but the improvements. */
export function backlogTruth(
  improvements: {
    key: string;
    createdAt: number;
    closedAt: number | null;
  }[],
): Truth {
  const waiting = improvements
    .filter(({ closedAt }) => closedAt === null)
    .map(({ createdAt }) => createdAt)
    .sort((a, b) => a - b);
  return {
    figures: {
      openCount: waiting.length,
      oldestCreatedAt: isoOf(waiting[0]),
      medianCreatedAt: isoOf(waiting[Math.floor(waiting.length / 2)]),
      closed90d: improvements.filter(
        ({ closedAt }) =>
          closedAt !== null && closedAt > Date.now() - WINDOW_MS,
      ).length,
    },
    rows: improvements.map(({ key }) => key),
  };
}

function isoOf(instant: number | undefined): string | null {
  return instant === undefined ? null : new Date(instant).toISOString();
}
