import fc from 'fast-check';
import { exerciseStateSchema } from '../api/exercises';
import { exerciseHeldAt, exerciseStage } from './exerciseStage';

const instant = fc.integer({ min: 0, max: 20 });
const state = fc.constantFrom(...exerciseStateSchema.options);

describe('exerciseStage', () => {
  it('is the state, until what is planned is over', () => {
    fc.assert(
      fc.property(state, instant, instant, (of, plannedEnd, now) => {
        const stage = exerciseStage({ state: of, plannedEnd }, now);
        const isMissed = of === 'planned' && now > plannedEnd;
        expect(stage).toBe(isMissed ? 'missed' : of);
      }),
    );
  });

  it('stays missed as time passes', () => {
    fc.assert(
      fc.property(state, instant, instant, fc.nat(), (of, end, now, passed) => {
        const exercise = { state: of, plannedEnd: end };
        fc.pre(exerciseStage(exercise, now) === 'missed');
        expect(exerciseStage(exercise, now + passed)).toBe('missed');
      }),
    );
  });
});

describe('exerciseHeldAt', () => {
  it('is the begin of what was held, and of nothing else', () => {
    fc.assert(
      fc.property(state, fc.option(instant), (of, startedAt) => {
        expect(exerciseHeldAt({ state: of, startedAt })).toBe(
          of === 'held' ? startedAt : null,
        );
      }),
    );
  });
});
