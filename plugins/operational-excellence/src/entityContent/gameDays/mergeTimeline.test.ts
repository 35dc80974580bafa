import { daysAgo, experiment, heldExercise } from '../../__testUtils__';
import { mergeTimeline } from './mergeTimeline';

const exercises = (...days: number[]) =>
  days.map(day => heldExercise(`E${day}`, { startedAt: daysAgo(day) }));
const experiments = (...days: number[]) =>
  days.map(day => experiment(`X${day}`, { createdAt: daysAgo(day) }));

function idsOf(timeline: ReturnType<typeof mergeTimeline>): string[] {
  return timeline.rehearsals.map(each =>
    each.kind === 'exercise' ? each.exercise.id : each.experiment.id,
  );
}

describe('mergeTimeline', () => {
  it('puts both in one order', () => {
    const timeline = mergeTimeline(
      { items: exercises(10, 40), hasMore: false },
      { items: experiments(5, 20, 50), hasMore: false },
    );
    expect(idsOf(timeline)).toEqual(['X5', 'E10', 'X20', 'E40', 'X50']);
    expect(timeline.next).toBeUndefined();
  });

  it('ends where something may still come in between', () => {
    const timeline = mergeTimeline(
      { items: exercises(10, 40), hasMore: true },
      { items: experiments(5, 20, 50), hasMore: true },
    );
    expect(idsOf(timeline)).toEqual(['X5', 'E10', 'X20', 'E40']);
    expect(timeline.next).toBe('exercises');
  });

  it('reads on the list that ends first', () => {
    const timeline = mergeTimeline(
      { items: exercises(10, 40), hasMore: true },
      { items: experiments(5), hasMore: true },
    );
    expect(idsOf(timeline)).toEqual(['X5']);
    expect(timeline.next).toBe('experiments');
  });

  it('is empty where both are', () => {
    const none = { items: [], hasMore: false };
    expect(mergeTimeline(none, none)).toEqual({
      rehearsals: [],
      next: undefined,
    });
  });
});
