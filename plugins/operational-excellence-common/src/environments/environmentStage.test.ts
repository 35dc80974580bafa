import fc from 'fast-check';
import { environmentStage } from './environmentStage';

const instant = fc.integer({ min: 0, max: 20 });

describe('environmentStage', () => {
  it('is expired from its end on until it is removed, and removed ever after', () => {
    fc.assert(
      fc.property(
        fc.option(instant),
        fc.option(instant),
        instant,
        (expiresAt, removedAt, now) => {
          const stage = environmentStage({ expiresAt, removedAt }, now);
          const unlessRemoved =
            now > (expiresAt ?? Infinity) ? 'expired' : 'active';
          expect(stage).toBe(removedAt === null ? unlessRemoved : 'removed');
        },
      ),
    );
  });
});
