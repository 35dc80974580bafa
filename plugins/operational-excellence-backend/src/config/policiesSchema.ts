import { InputError } from '@backstage/errors';
import { parseFilterPredicate } from '@backstage/filter-predicates';
import {
  Policy,
  policySchema,
} from 'backstage-plugin-operational-excellence-common';
import { z } from 'zod';

export const FILTER_EXPECTED =
  'expected a filter predicate, such as { kind: Component }, with the operators $all, $any, $not, $in, $exists, $contains and $hasPrefix';

/** How deep filters may be nested; beyond that, none was meant. */
const MAX_DEPTH = 100;

export function isFilter(value: unknown): boolean {
  if (isDeeper(value, MAX_DEPTH)) return false;
  try {
    parseFilterPredicate(value);
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return (
    depth === 0 ||
    Object.values(value).some(inner => isDeeper(inner, depth - 1))
  );
}

/** The policies of the configuration, in their order. */
export const policiesSchema = z
  .array(policySchema)
  .min(1, 'expected at least one policy, or no such key for the default one')
  .superRefine(checkPolicies);

/** Finds the mistakes in policies that one of them alone does not have. */
export function checkPolicies(
  policies: readonly Policy[],
  context: z.RefinementCtx,
): void {
  policies.forEach(({ id, match }, index) => {
    if (match && !isFilter(match)) {
      context.addIssue({
        code: 'custom',
        path: [index, 'match'],
        message: FILTER_EXPECTED,
      });
    }
    const first = policies.findIndex(policy => policy.id === id);
    if (first < index) {
      context.addIssue({
        code: 'custom',
        path: [index, 'id'],
        message: `expected an id that no other policy has; policies[${first}] has it`,
      });
    }
  });
  const catchAll = policies.findIndex(alwaysMatchesAll);
  if (catchAll >= 0 && catchAll < policies.length - 1) {
    context.addIssue({
      code: 'custom',
      path: [catchAll + 1],
      message: `expected a policy that can apply; the first match wins, and policies[${catchAll}] matches every service, so move that one to the end`,
    });
  }
}

/** Until the day that it names, one matches nothing. */
function alwaysMatchesAll({ enforceFrom, match }: Policy) {
  return (
    enforceFrom === undefined && (!match || Object.keys(match).length === 0)
  );
}
