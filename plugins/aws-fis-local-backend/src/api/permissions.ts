import { Caller } from '../sigv4';
import { FisError } from './FisError';

const matches = (pattern: string, action: string): boolean =>
  pattern === '*' ||
  (pattern.endsWith('*')
    ? action.startsWith(pattern.slice(0, -1))
    : action === pattern);

/** @throws FisError where the caller's key may not use the IAM action */
export function authorize(
  { allow, accountId, accessKeyId }: Caller,
  action: string,
): void {
  if (!allow || allow.some(pattern => matches(pattern, action))) return;
  throw new FisError(
    'AccessDeniedException',
    `User: arn:aws:iam::${accountId}:user/${accessKeyId} is not authorized to perform: ${action}`,
  );
}
