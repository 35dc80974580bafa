import { NewRedmineIssue, RedmineStore } from './RedmineStore';

const MAX_SUBJECT = 255;

/** What a request to create an issue asks for, or why Redmine refuses it. */
export function readNewIssue(
  given: object,
  store: RedmineStore,
): { issue: Omit<NewRedmineIssue, 'project'> } | { errors: string[] } {
  const field = (name: string): unknown => Reflect.get(given, name);
  const errors: string[] = [];

  const subject = String(field('subject') ?? '').trim();
  if (subject === '') errors.push('Subject cannot be blank');
  if ([...subject].length > MAX_SUBJECT) {
    errors.push(`Subject is too long (maximum is ${MAX_SUBJECT} characters)`);
  }
  const trackerId = Number(field('tracker_id') ?? store.trackers[0].id);
  if (!store.trackers.some(({ id }) => id === trackerId)) {
    errors.push('Tracker cannot be blank');
  }
  const priorityId = Number(field('priority_id') ?? 2);
  if (!store.priorities.some(({ id }) => id === priorityId)) {
    errors.push('Priority cannot be blank');
  }
  const customFields = readCustomFields(field('custom_fields'));
  for (const { id, name, required } of store.customFields) {
    if (required && !customFields[id]?.length) {
      errors.push(`${name} cannot be blank`);
    }
  }
  return errors.length > 0
    ? { errors }
    : {
        issue: {
          subject,
          description: String(field('description') ?? ''),
          trackerId,
          priorityId,
          customFields,
        },
      };
}

function readCustomFields(given: unknown): Record<number, string | string[]> {
  const values: Record<number, string | string[]> = {};
  for (const entry of Array.isArray(given) ? given : []) {
    const { id, value } = entry as { id: unknown; value: unknown };
    values[Number(id)] = Array.isArray(value)
      ? value.map(String)
      : String(value);
  }
  return values;
}
