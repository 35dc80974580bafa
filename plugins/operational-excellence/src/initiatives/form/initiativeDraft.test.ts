import {
  initiativeSubmissionSchema,
  RECORD_TEXT_MAX,
} from 'backstage-plugin-operational-excellence-common';
import { initiative } from '../../__testUtils__/FakeInitiatives';
import {
  changeOf,
  draftOf,
  InitiativeDraft,
  initiativeDrafts,
  newInitiative,
  submissionOf,
} from './InitiativeDraft';
import { initiativeProblems } from './initiativeProblems';

const complete = (overrides: Partial<InitiativeDraft> = {}) => ({
  ...newInitiative(),
  title: ' Game days for tier 1 ',
  dueOn: '2027-03-31',
  filters: { ...newInitiative().filters, tier: ['1'] },
  ...overrides,
});

describe('the draft of an initiative', () => {
  it('is sent as the backend takes it', () => {
    const draft = complete({ q: ' pay ', description: ' \n' });
    expect(submissionOf(draft)).toEqual({
      key: draft.key,
      title: 'Game days for tier 1',
      description: null,
      filter: { tier: ['1'], q: 'pay' },
      goal: { kind: 'in-order', measure: 'gameDay' },
      dueOn: '2027-03-31',
    });
    expect(
      initiativeSubmissionSchema.safeParse(submissionOf(draft)).success,
    ).toBe(true);
  });

  it('asks for something since a day only of what is done on days', () => {
    const since = { goalKind: 'done-since', since: '2026-07-01' } as const;
    expect(
      submissionOf(complete({ ...since, measure: 'readinessTest' })).goal,
    ).toEqual({
      kind: 'done-since',
      measure: 'readinessTest',
      since: '2026-07-01',
    });
    expect(
      submissionOf(complete({ ...since, measure: 'backlog' })).goal,
    ).toEqual({ kind: 'in-order', measure: 'backlog' });
  });

  it('of one that is changed says which version', () => {
    const present = initiative('1', {
      version: 4,
      description: 'Why',
      goal: { kind: 'done-since', measure: 'gameDay', since: '2026-01-01' },
      filter: { owner: ['group:default/a'], q: 'x' },
    });
    expect(changeOf(draftOf(present))).toEqual({
      version: 4,
      title: present.title,
      description: 'Why',
      filter: present.filter,
      goal: present.goal,
      dueOn: present.dueOn,
    });
  });

  it('is read as it was kept', () => {
    const draft = complete({ version: 2, since: '2026-01-01' });
    const kept = JSON.parse(JSON.stringify(initiativeDrafts.format(draft)));
    expect(initiativeDrafts.parse(kept)).toEqual(draft);
    expect(initiativeDrafts.isUntouched(draft, complete())).toBe(false);
    expect(initiativeDrafts.isUntouched(newInitiative(), newInitiative())).toBe(
      true,
    );
  });

  it.each([undefined, null, 'text', 7])('is none where it is %j', kept => {
    expect(initiativeDrafts.parse(kept)).toBeUndefined();
  });

  it('leaves out what it does not know', () => {
    expect(
      initiativeDrafts.parse({
        key: 'k',
        measure: 'luck',
        goalKind: 7,
        filters: { owner: ['a', 7], tier: '1', colour: ['red'] },
        version: '1',
      }),
    ).toEqual({
      ...newInitiative(),
      key: 'k',
      filters: { ...newInitiative().filters, owner: ['a'] },
    });
  });
});

describe('what is wrong with the draft of an initiative', () => {
  const options = { today: '2026-11-23', unchanged: '2026-01-31' };

  it.each<[string, Partial<InitiativeDraft>, object]>([
    ['nothing', {}, {}],
    ['no title', { title: ' ' }, { title: { kind: 'title' } }],
    ['no day', { dueOn: '' }, { dueOn: { kind: 'dueOn' } }],
    ['no such day', { dueOn: '2027-02-30' }, { dueOn: { kind: 'bad-day' } }],
    ['yesterday', { dueOn: '2026-11-22' }, { dueOn: { kind: 'past' } }],
    ['today', { dueOn: '2026-11-23' }, {}],
    ['the past day that it has', { dueOn: '2026-01-31' }, {}],
    ['no beginning', { goalKind: 'done-since' }, { since: { kind: 'since' } }],
    [
      'no such beginning',
      { goalKind: 'done-since', since: '2026-13-01' },
      { since: { kind: 'bad-day' } },
    ],
    [
      'texts that are too long',
      {
        title: 'x'.repeat(RECORD_TEXT_MAX.title + 1),
        description: 'x'.repeat(RECORD_TEXT_MAX.text + 1),
        q: 'x'.repeat(201),
      },
      {
        title: { kind: 'too-long', max: RECORD_TEXT_MAX.title },
        description: { kind: 'too-long', max: RECORD_TEXT_MAX.text },
        q: { kind: 'too-long', max: 200 },
      },
    ],
  ])('is %s', (_, draft, problems) => {
    expect(initiativeProblems(complete(draft), options)).toEqual(problems);
  });
});
