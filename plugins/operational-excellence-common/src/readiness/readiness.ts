import { addDuration, Instant } from '../instants';

/** @public */
export type ReadinessVerdict = 'pass' | 'conditional' | 'fail';

/**
 * What the readiness rule needs to know of a test: one run of a template
 * against a service.
 *
 * @public
 */
export interface ReadinessTestRun {
  id: string;
  template: string;
  performedAt: Instant;
  verdict: ReadinessVerdict;
  /** When the result expires; `null` leaves that to the policy. */
  validUntil: Instant | null;
}

/**
 * The newest results of the templates that a policy requires, taken together.
 *
 * @public
 */
export interface Readiness<T extends ReadinessTestRun = ReadinessTestRun> {
  /**
   * The run that speaks for the measure: the newest failed one where any
   * template's newest run failed, else the one that expires first, the newer one
   * of two that expire together.
   */
  decisive: T | null;
  /** The newest run over all required templates. */
  lastPerformedAt: Instant | null;
  /** The worst verdict; `null` where no required template was ever run. */
  verdict: ReadinessVerdict | null;
  /** The earliest expiry. */
  dueAt: Instant | null;
  /** Required templates that were never run. */
  missing: string[];
}

const SEVERITY: Record<ReadinessVerdict, number> = {
  pass: 0,
  conditional: 1,
  fail: 2,
};

/**
 * The readiness of a service from its tests: the newest run of each required
 * template, the worst verdict, the earliest expiry.
 *
 * @public
 */
export function readinessOf<T extends ReadinessTestRun>(
  tests: Iterable<T>,
  policy: { templates: readonly string[]; every: string },
): Readiness<T> {
  const newest = new Map<string, T>();
  for (const test of tests) {
    if (!policy.templates.includes(test.template)) continue;
    const known = newest.get(test.template);
    if (!known || isNewer(test, known)) newest.set(test.template, test);
  }

  const runs = [...newest.values()];
  const expiry = (run: T) =>
    run.validUntil ?? addDuration(run.performedAt, policy.every);
  const failed = runs.filter(run => run.verdict === 'fail');
  const speaksBefore = failed.length
    ? isNewer
    : (a: T, b: T) =>
        expiry(a) < expiry(b) || (expiry(a) === expiry(b) && isNewer(a, b));
  const candidates = failed.length ? failed : runs;

  return {
    decisive: candidates.reduce<T | null>(
      (a, b) => (a && speaksBefore(a, b) ? a : b),
      null,
    ),
    lastPerformedAt: runs.length
      ? Math.max(...runs.map(run => run.performedAt))
      : null,
    verdict: runs.reduce<ReadinessVerdict | null>(
      (worst, { verdict }) =>
        worst && SEVERITY[worst] >= SEVERITY[verdict] ? worst : verdict,
      null,
    ),
    dueAt: runs.length ? Math.min(...runs.map(expiry)) : null,
    missing: [...new Set(policy.templates)].filter(id => !newest.has(id)),
  };
}

function isNewer(a: ReadinessTestRun, b: ReadinessTestRun) {
  return (
    a.performedAt > b.performedAt ||
    (a.performedAt === b.performedAt && a.id > b.id)
  );
}
