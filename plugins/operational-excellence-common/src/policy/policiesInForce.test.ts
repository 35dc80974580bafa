import fc from 'fast-check';
import { policiesInForce } from './policiesInForce';
import { Policy } from './policy';

const DAY_MS = 86_400_000;
const FIRST = Date.UTC(2026, 11, 30);

const policies: fc.Arbitrary<Policy[]> = fc
  .array(fc.option(fc.nat({ max: 5 }), { nil: undefined }), { maxLength: 6 })
  .map(days =>
    days.map((day, index) => ({
      id: `policy-${index}`,
      ...(day !== undefined && {
        enforceFrom: new Date(FIRST + day * DAY_MS).toISOString().slice(0, 10),
      }),
    })),
  );

describe('policiesInForce', () => {
  it('passes over a policy until its day has come in UTC', () => {
    const policy = { id: 'strict', enforceFrom: '2027-01-01' };
    const others = [{ id: 'first' }, policy, { id: 'last' }];
    const idsAt = (instant: string) =>
      policiesInForce(others, Date.parse(instant)).map(({ id }) => id);
    expect(idsAt('2026-12-31T23:59:59.999Z')).toEqual(['first', 'last']);
    expect(idsAt('2027-01-01T00:00:00.000Z')).toEqual([
      'first',
      'strict',
      'last',
    ]);
  });

  it('keeps the order, and never takes a policy back', () => {
    fc.assert(
      fc.property(
        policies,
        fc.integer({ min: 0, max: 7 * DAY_MS }),
        fc.integer({ min: 0, max: 7 * DAY_MS }),
        (all, passed, later) => {
          const now = FIRST - DAY_MS + passed;
          const before = policiesInForce(all, now);
          const today = new Date(now).toISOString().slice(0, 10);
          expect(before).toEqual(
            all.filter(
              ({ enforceFrom }) =>
                enforceFrom === undefined || enforceFrom <= today,
            ),
          );
          expect(policiesInForce(all, now + later)).toEqual(
            expect.arrayContaining(before),
          );
        },
      ),
    );
  });
});
