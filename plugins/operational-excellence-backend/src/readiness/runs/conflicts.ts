import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  Instant,
  MissingForFinish,
  ReadinessItem,
  ReadinessTestState,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { ReadinessRun, StoredAnswer } from './runRows';

const STATES: Record<ReadinessTestState, string> = {
  open: 'open',
  'awaiting-sign-off': 'awaiting its sign-off',
  finished: 'finished',
  discarded: 'discarded',
};

/** The same whether there is none or its service is hidden from the caller. */
export function noSuchRun(id: string) {
  return new NotFoundError(
    `There is no readiness test ${
      id.length > 100 ? `${id.slice(0, 100)}…` : id
    }, or you may not see its service in the catalog`,
  );
}

/** @throws ConflictError where a test is in none of some states */
export function requireState(
  run: ReadinessRun,
  ...states: ReadinessTestState[]
): void {
  if (states.includes(run.state)) return;
  throw new ConflictError(
    `The readiness test is ${STATES[run.state]}${byWhom(
      run.updatedBy,
      run.updatedAt,
    )}; it has to be ${states.map(state => STATES[state]).join(' or ')}`,
  );
}

/** @throws ConflictError where a test is of another version */
export function requireVersion(run: ReadinessRun, version: number): void {
  if (run.version === version) return;
  throw new ConflictError(
    `The readiness test was changed meanwhile${byWhom(
      run.updatedBy,
      run.updatedAt,
    )}; load it again and see whether your change still holds`,
  );
}

/** The answer to an item is another one than the caller thinks. */
export function answerChanged(
  itemId: string,
  stored: StoredAnswer | undefined,
) {
  if (!stored) {
    return new ConflictError(`The item ${itemId} has no answer to replace`);
  }
  const act = stored.value === null ? 'taken back' : 'given';
  return new ConflictError(
    `The answer to ${itemId} was ${act}${byWhom(
      stored.answeredBy,
      stored.answeredAt,
    )}; load it again and see whether yours still holds`,
  );
}

export function byWhom(who: string | null, when: Instant) {
  return `${who === null ? '' : ` by ${who}`} at ${toIsoInstant(when)}`;
}

const REASONS: Record<MissingForFinish, string> = {
  unanswered: 'not answered',
  evidence: 'yes needs evidence',
};

/** What stands against finishing a test. */
export function notFinishable(
  missing: readonly { itemId: string; reason: MissingForFinish }[],
) {
  return new InputError(
    `The readiness test cannot be finished yet: ${missing
      .map(({ itemId, reason }) => `${itemId} (${REASONS[reason]})`)
      .join(', ')}`,
  );
}

/** An item that the test does not have. */
export function unknownItems(
  ids: readonly string[],
  options: { items: readonly ReadinessItem[]; notApplying: readonly string[] },
) {
  const { items, notApplying } = options;
  const known = `known are ${items.map(({ id }) => id).join(', ')}`;
  const words = ids.map(id =>
    notApplying.includes(id)
      ? `${id} does not apply to the service`
      : `there is no item ${id.length > 100 ? `${id.slice(0, 100)}…` : id}`,
  );
  return `${words.join('; ')}; ${known}`;
}
