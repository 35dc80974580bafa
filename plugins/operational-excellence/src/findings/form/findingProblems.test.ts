import { finding } from '../../__testUtils__';
import {
  changeOf,
  draftOf,
  FindingDraft,
  findingDrafts,
  newFinding,
  submissionOf,
} from './FindingDraft';
import { findingProblems } from './findingProblems';

const NOW = Date.parse('2026-07-01T08:00:00Z');
const OPTIONS = { now: NOW, unchanged: '' };

const complete = (given: Partial<FindingDraft> = {}): FindingDraft => ({
  ...newFinding('component:default/payments'),
  severity: 'high',
  text: 'The alarm came late',
  ...given,
});

describe('findingProblems', () => {
  it('finds none in what is complete', () => {
    expect(findingProblems(complete(), OPTIONS)).toEqual({});
    expect(
      findingProblems(
        complete({ tags: 'Alarms, fail-over, ', retestBy: '2026-12-31' }),
        OPTIONS,
      ),
    ).toEqual({});
  });

  it.each<[Partial<FindingDraft>, object]>([
    [{ entityRef: '' }, { entityRef: { kind: 'service' } }],
    [{ severity: '' }, { severity: { kind: 'severity' } }],
    [{ text: ' \n' }, { text: { kind: 'text' } }],
    [
      { lesson: 'x'.repeat(20_001) },
      { lesson: { kind: 'too-long', max: 20_000 } },
    ],
    [{ tags: '<b>' }, { tags: { kind: 'tags' } }],
    [
      { tags: Array.from({ length: 21 }, (_, n) => `t${n}`).join() },
      { tags: { kind: 'tags' } },
    ],
    [{ retestBy: '2026-06-01' }, { retestBy: { kind: 'past' } }],
    [{ retestBy: 'soon' }, { retestBy: { kind: 'past' } }],
  ])('finds what is wrong with %j', (given, problems) => {
    expect(findingProblems(complete(given), OPTIONS)).toEqual(problems);
  });

  it('lets a day stand that it had before', () => {
    expect(
      findingProblems(complete({ retestBy: '2026-06-01' }), {
        now: NOW,
        unchanged: '2026-06-01',
      }),
    ).toEqual({});
  });
});

describe('what is sent', () => {
  it('is a new finding of its exercise', () => {
    const draft = complete({ tags: 'Alarms, alarms,zone', lesson: ' ' });
    expect(submissionOf(draft, { exerciseId: 'day' })).toEqual({
      key: draft.key,
      entityRef: 'component:default/payments',
      exerciseId: 'day',
      severity: 'high',
      text: 'The alarm came late',
      lesson: null,
      tags: ['alarms', 'zone'],
      retestBy: null,
    });
  });

  it('is a change of the version that was read, to the very instant', () => {
    const found = finding('1', {
      version: 7,
      retestBy: '2026-12-31T10:20:30.400Z',
    });
    const draft = { ...draftOf(found), text: 'Else' };
    expect(changeOf(draft, found)).toMatchObject({
      version: 7,
      text: 'Else',
      retestBy: '2026-12-31T10:20:30.400Z',
    });
    expect(changeOf({ ...draft, retestBy: '' }, found).retestBy).toBeNull();
  });
});

describe('drafts', () => {
  it('are kept as they are, and read whatever was kept', () => {
    const draft = complete({ tags: 'x' });
    expect(findingDrafts.parse(findingDrafts.format(draft))).toEqual(draft);
    expect(findingDrafts.parse('nonsense')).toBeUndefined();
    expect(findingDrafts.parse({ severity: 'awful', text: 5 })).toMatchObject({
      severity: '',
      text: '',
      version: 0,
    });
  });
});
