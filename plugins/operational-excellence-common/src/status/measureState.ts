import { Instant } from '../instants';
import { MEASURE_STATES, MeasureState } from './measures';

/**
 * What the state of a measure follows from. None of it changes because time
 * passes.
 *
 * @public
 */
export interface MeasureFacts {
  /** Whether the policy asks for the measure. */
  required: boolean;
  /** Whether the service names a source for it, or there is evidence anyway. */
  configured: boolean;
  /** Whether the newest readiness verdict is `fail`. */
  failing: boolean;
  /** Whether all that the policy asks for has happened at least once. */
  happened: boolean;
  dueAt: Instant | null;
  /** From when on the measure is `due-soon`. */
  warnAt: Instant | null;
  /**
   * Until when the sources of the evidence are trusted: their last success plus
   * their tolerance. `null` where one never answered; `Infinity` where the
   * evidence is our own.
   */
  freshUntil: Instant | null;
  /**
   * The same for every source that could hold newer evidence. Once it has
   * passed, only `ok` is still certain: what a silent source might add can make
   * a game day more recent, never less.
   */
  completeUntil: Instant | null;
  waivedUntil: Instant | null;
}

/**
 * The state of a measure, and under a waiver the state beneath it.
 *
 * @public
 */
export interface MeasureStanding {
  state: MeasureState;
  /** The state without the waiver; `null` where none applies. */
  underlyingState: MeasureState | null;
}

function isPast(until: Instant | null, now: Instant) {
  return until === null || until < now;
}

function stateWithoutWaiver(facts: MeasureFacts, now: Instant): MeasureState {
  if (!facts.required) return 'not-required';
  if (facts.failing) return 'failing';
  if (!facts.configured) return 'not-configured';
  if (isPast(facts.freshUntil, now)) return 'unknown';

  const state = stateByInstants(facts, now);
  return state !== 'ok' && isPast(facts.completeUntil, now) ? 'unknown' : state;
}

function stateByInstants(facts: MeasureFacts, now: Instant): MeasureState {
  if (facts.dueAt !== null && facts.dueAt < now) return 'overdue';
  if (!facts.happened) return 'never';
  if (facts.warnAt !== null && facts.warnAt <= now) return 'due-soon';
  return 'ok';
}

/**
 * What the policy says of a measure at an instant.
 *
 * @public
 */
export function measureStanding(
  facts: MeasureFacts,
  options: { now: Instant },
): MeasureStanding {
  const { now } = options;
  const state = stateWithoutWaiver(facts, now);
  const waived =
    state !== 'not-required' &&
    facts.waivedUntil !== null &&
    facts.waivedUntil > now;
  return waived
    ? { state: 'waived', underlyingState: state }
    : { state, underlyingState: null };
}

/**
 * The worst of some states: that of a service, from those of its measures.
 * `waived` and `not-required` decide only where nothing else is left; of no
 * states at all it is `not-required`.
 *
 * @public
 */
export function worstState(states: readonly MeasureState[]): MeasureState {
  return MEASURE_STATES[
    Math.min(
      MEASURE_STATES.indexOf('not-required'),
      ...states.map(state => MEASURE_STATES.indexOf(state)),
    )
  ];
}
