import fc from 'fast-check';
import { GameDayKind, gameDayKindSchema } from '../policy';
import {
  countsAsGameDay,
  ExperimentState,
  GameDay,
  isFinalExperimentState,
  lastGameDay,
} from './gameDay';

const RAN = { startedAt: 1_000, dryRun: false };
const STATES: ExperimentState[] = [
  'pending',
  'initiating',
  'running',
  'completed',
  'stopping',
  'stopped',
  'failed',
  'cancelled',
];

describe('countsAsGameDay', () => {
  it.each([
    ['completed', true],
    ['stopped', true],
    ['failed', false],
    ['cancelled', false],
    ['pending', false],
    ['initiating', false],
    ['running', false],
    ['stopping', false],
  ] as const)('says of %s that ran: %s', (state, counts) => {
    expect(countsAsGameDay({ state, ...RAN })).toBe(counts);
  });

  it.each(STATES)(
    'never counts %s where nothing ran, or all was skipped',
    state => {
      expect(countsAsGameDay({ ...RAN, state, startedAt: null })).toBe(false);
      expect(countsAsGameDay({ ...RAN, state, dryRun: true })).toBe(false);
    },
  );
});

describe('isFinalExperimentState', () => {
  it('names the states that are never left', () => {
    expect(STATES.filter(isFinalExperimentState)).toEqual([
      'completed',
      'stopped',
      'failed',
      'cancelled',
    ]);
  });
});

describe('lastGameDay', () => {
  const kinds = gameDayKindSchema.options;
  const gameDays = fc.uniqueArray(
    fc.record<Pick<GameDay, 'kind' | 'id' | 'heldAt'>>({
      kind: fc.constantFrom<GameDayKind>(...kinds),
      id: fc.string({ minLength: 1, maxLength: 3 }),
      // Few instants, so that some are the same.
      heldAt: fc.nat(5),
    }),
    { selector: ({ id }) => id, maxLength: 20 },
  );

  it('equals the end of the list that is filtered and sorted', () => {
    fc.assert(
      fc.property(gameDays, fc.subarray([...kinds]), (all, counts) => {
        const sorted = all
          .filter(({ kind }) => counts.includes(kind))
          .sort((a, b) => a.heldAt - b.heldAt || (a.id < b.id ? -1 : 1));
        expect(lastGameDay(all, counts)).toBe(sorted.at(-1));
      }),
    );
  });
});
