import { DAY_MS, Instant } from '../instants';
import { improvementShare } from './improvementShare';

/**
 * What the backlog rules need to know of a ticket.
 *
 * @public
 */
export interface BacklogTicket {
  improvement: boolean;
  state: 'open' | 'in-progress' | 'done';
  createdAt: Instant;
  /** When work began, if it did. */
  startedAt: Instant | null;
  /** When the ticket was last closed; `null` while it is not done. */
  closedAt: Instant | null;
}

/**
 * The improvement backlog of one service. Ages are left to whoever shows them:
 * an age is `now` minus the instant given here.
 *
 * @public
 */
export interface Backlog {
  /** Improvements that are not done. */
  openCount: number;
  oldestCreatedAt: Instant | null;
  /** Creation of the improvement at the 50th percentile of age, nearest rank. */
  medianCreatedAt: Instant | null;
  /** Creation of the improvement at the 85th percentile of age, nearest rank. */
  p85CreatedAt: Instant | null;
  /** Start of the open improvement that has been worked on the longest. */
  oldestStartedAt: Instant | null;
  opened30d: number;
  closed30d: number;
  opened90d: number;
  closed90d: number;
  /** Tickets of any kind that were closed. */
  allClosed90d: number;
  /** When an improvement that is done was last closed. */
  lastClosedAt: Instant | null;
  /** Improvements closed ÷ all tickets closed; `null` where nothing was closed. */
  improvementShare90d: number | null;
  /** The earliest instant at which time alone changes one of the counts. */
  validUntil: Instant | null;
}

/**
 * The nearest-rank percentile of a non-empty list in ascending order.
 *
 * @public
 */
export function nearestRank<T>(ascending: readonly T[], percent: number): T {
  return ascending[Math.ceil((percent / 100) * ascending.length) - 1];
}

const WINDOWS = { '30d': 30 * DAY_MS, '90d': 90 * DAY_MS } as const;

/** How many instants lie within a window that ends now, now included. */
function countWithin(instants: Instant[], windowMs: number, now: Instant) {
  return instants.filter(at => at > now - windowMs && at <= now).length;
}

/**
 * The backlog of a service from its tickets. Tickets that are neither open nor
 * were created or closed within the last 90 days make no difference and can be
 * left out, but for the improvement that was closed last.
 *
 * @public
 */
export function backlogOf(
  tickets: Iterable<BacklogTicket>,
  options: { now: Instant },
): Backlog {
  const { now } = options;
  const openCreated: Instant[] = [];
  const opened: Instant[] = [];
  const closed: Instant[] = [];
  const allClosed: Instant[] = [];
  let oldestStartedAt: Instant | null = null;

  for (const ticket of tickets) {
    const { closedAt, createdAt, startedAt } = ticket;
    const done = ticket.state === 'done';
    if (done && closedAt !== null) allClosed.push(closedAt);
    if (!ticket.improvement) continue;
    opened.push(createdAt);
    if (done) {
      if (closedAt !== null) closed.push(closedAt);
      continue;
    }
    openCreated.push(createdAt);
    if (startedAt !== null) {
      oldestStartedAt = Math.min(oldestStartedAt ?? Infinity, startedAt);
    }
  }

  // Youngest first: ascending by age.
  openCreated.sort((a, b) => b - a);
  const closed90d = countWithin(closed, WINDOWS['90d'], now);
  const allClosed90d = countWithin(allClosed, WINDOWS['90d'], now);
  const isOpen = openCreated.length > 0;

  return {
    openCount: openCreated.length,
    oldestCreatedAt: isOpen ? openCreated[openCreated.length - 1] : null,
    medianCreatedAt: isOpen ? nearestRank(openCreated, 50) : null,
    p85CreatedAt: isOpen ? nearestRank(openCreated, 85) : null,
    oldestStartedAt,
    opened30d: countWithin(opened, WINDOWS['30d'], now),
    closed30d: countWithin(closed, WINDOWS['30d'], now),
    opened90d: countWithin(opened, WINDOWS['90d'], now),
    closed90d,
    allClosed90d,
    lastClosedAt: latest(closed, now),
    improvementShare90d: improvementShare(closed90d, allClosed90d),
    validUntil: earliest([
      nextChange([...opened, ...closed], Object.values(WINDOWS), now),
      // Other tickets only count for the share.
      nextChange(allClosed, [WINDOWS['90d']], now),
    ]),
  };
}

/** The last of some instants that is not in the future. */
function latest(instants: Instant[], now: Instant): Instant | null {
  let last = -Infinity;
  for (const at of instants) if (at <= now && at > last) last = at;
  return last === -Infinity ? null : last;
}

/** When the first of some instants next enters or leaves one of the windows. */
function nextChange(
  instants: Instant[],
  windowsMs: number[],
  now: Instant,
): Instant | null {
  let next = Infinity;
  for (const at of instants) {
    for (const windowMs of [0, ...windowsMs]) {
      const change = at + windowMs;
      if (change > now && change < next) next = change;
    }
  }
  return next === Infinity ? null : next;
}

function earliest(instants: (Instant | null)[]): Instant | null {
  const known = instants.filter(instant => instant !== null);
  return known.length ? Math.min(...known) : null;
}
