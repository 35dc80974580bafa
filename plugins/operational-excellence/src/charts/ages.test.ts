import { AgeRange, positionOfAge } from './ages';

const range = (fromDays: number, toDays: number | null): AgeRange => ({
  fromDays,
  toDays,
  count: 0,
  title: '',
});

const RANGES = [
  range(0, 30),
  range(30, 60),
  range(60, 90),
  range(90, 180),
  range(180, 365),
  range(365, null),
];

describe('positionOfAge', () => {
  it.each([
    [0, 0],
    [15, 0.5],
    [30, 1],
    [45, 1.5],
    [60, 2],
    [135, 3.5],
    [365, 5],
    [730, 5.5],
  ])('puts %d days at %d', (days, position) => {
    expect(positionOfAge(days, RANGES)).toBe(position);
  });

  it('keeps the order of ages, and all of them on the axis', () => {
    let last = -1;
    for (let days = 0; days < 5000; days += 7) {
      const position = positionOfAge(days, RANGES);
      expect(position).toBeGreaterThan(last);
      expect(position).toBeLessThan(RANGES.length);
      last = position;
    }
  });

  it('puts an age from the future at the start', () => {
    expect(positionOfAge(-3, RANGES)).toBe(0);
  });

  it('puts what no range holds at the end', () => {
    expect(positionOfAge(100, [range(0, 30)])).toBe(1);
  });
});
