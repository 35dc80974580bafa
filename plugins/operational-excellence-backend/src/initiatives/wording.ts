import { InputError } from '@backstage/errors';
import { InitiativeFilter } from 'backstage-plugin-operational-excellence-common';
import { cleanLine, cleanText } from '../improvements/text';
import { InitiativePlan } from './initiativeRows';

/**
 * A plan as it is kept: texts without what nobody sees, a filter without what
 * filters nothing.
 *
 * @throws InputError where nothing is left of the title, or the day from which on
 * something counts comes after the last one
 */
export function cleanPlan(given: InitiativePlan): InitiativePlan {
  const { dueOn, goal } = given;
  const title = cleanLine(given.title);
  if (!title) {
    throw new InputError(
      'Invalid body property title: expected more than control characters',
    );
  }
  if (goal.kind === 'done-since' && goal.since > dueOn) {
    throw new InputError(
      `Invalid body property goal.since: ${goal.since} comes after dueOn, ${dueOn}`,
    );
  }
  return {
    title,
    description: cleanNote(given.description),
    filter: cleanFilter(given.filter),
    goal,
    dueOn,
  };
}

/** A text that may be left empty; that is none. */
export function cleanNote(given: string | null): string | null {
  return given === null ? null : cleanText(given).trim() || null;
}

/** The same for the same filter, whatever the order of its properties. */
function cleanFilter(given: InitiativeFilter): InitiativeFilter {
  const kept = Object.entries(given)
    .filter(([, value]) => value?.length)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(kept);
}
