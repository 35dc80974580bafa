import { defaultRetestBy } from './retestBy';

const CREATED = Date.parse('2026-01-31T08:00:00Z');

describe('defaultRetestBy', () => {
  it('lies the time of the policy after the finding', () => {
    const exercise = {
      approvalFor: ['game-day' as const],
      retestWithin: 'P1M',
    };
    expect(defaultRetestBy(CREATED, { exercise })).toBe(
      Date.parse('2026-02-28T08:00:00Z'),
    );
  });

  it.each([
    ['the policy asks for none', {}],
    ['exercises have none', { exercise: { approvalFor: [] } }],
    ['there is no policy', undefined],
  ])('is not known where %s', (_, policy) => {
    expect(defaultRetestBy(CREATED, policy)).toBeNull();
  });
});
