import { RedmineIssue } from '../api';
import { FieldName } from '../config';

/** The field of an issue that is configured by its number or name. */
export function findField(
  { custom_fields = [] }: Pick<RedmineIssue, 'custom_fields'>,
  field: FieldName,
): { id: number; value: unknown } | undefined {
  return custom_fields.find(({ id, name }) =>
    typeof field === 'number'
      ? id === field
      : name.trim().toLowerCase() === field.toLowerCase(),
  );
}

/** The values of a field, none where it is empty or the issue does not have it. */
export function fieldValues(
  issue: Pick<RedmineIssue, 'custom_fields'>,
  field: FieldName,
): string[] {
  const value = findField(issue, field)?.value;
  return (Array.isArray(value) ? value : [value])
    .filter(one => typeof one === 'string' || typeof one === 'number')
    .map(one => String(one).trim())
    .filter(Boolean);
}
