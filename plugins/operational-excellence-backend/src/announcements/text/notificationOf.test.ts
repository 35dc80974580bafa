import { MEASURES } from 'backstage-plugin-operational-excellence-common';
import fc from 'fast-check';
import { Announcement, DigestFacts, keyOf } from '../Announcement';
import { notificationOf } from './notificationOf';

const DUE_AT = Date.UTC(2026, 11, 3, 12);
const payments = {
  entityRef: 'component:default/payments',
  title: 'Payments',
};
const checkout = { entityRef: 'api:shop/checkout', title: 'Checkout' };
const serviceIds = [1];

const nothing: DigestFacts = {
  ownerRef: 'group:default/team-a',
  failing: { count: 0, titles: [] },
  overdue: { count: 0, titles: [] },
  dueSoon: { count: 0, titles: [] },
  awaitingEvaluation: 0,
  evaluationOverdue: 0,
  findingsWithoutImprovement: 0,
  waiversEnding: 0,
};

const hostile = 'a\u0000b\r\n\u202egnp.exe \ud83d <img src=x onerror=alert(1)>';

/** One of each kind, about a text that somebody wrote. */
function announcementsAbout(text: string): Announcement[] {
  const about = { subject: 'service/1/backlog', dueAt: DUE_AT };
  return [
    ...MEASURES.flatMap((measure): Announcement[] => [
      { ...about, kind: 'dueSoon', facts: { serviceIds, measure } },
      { ...about, kind: 'overdue', facts: { serviceIds, measure } },
      {
        ...about,
        kind: 'failing',
        facts: { serviceIds, measure, template: text },
      },
    ]),
    {
      ...about,
      kind: 'missedGameDay',
      facts: {
        serviceIds,
        exerciseId: 'x',
        exerciseKind: 'tabletop',
        title: text,
      },
    },
    {
      ...about,
      kind: 'retestDue',
      facts: { serviceIds, findingId: 'f', text },
    },
    ...[true, false].flatMap((isOver): Announcement[] => [
      {
        ...about,
        kind: 'evaluationDue',
        facts: { serviceIds, improvementId: 'i', title: text, isOver },
      },
      {
        ...about,
        kind: 'waiverEnding',
        facts: { serviceIds, measure: 'gameDay', reason: text, isOver },
      },
      {
        ...about,
        kind: 'initiativeDue',
        facts: {
          ownerRef: 'group:default/team-a',
          initiativeId: 'i',
          title: text,
          dueOn: '2026-12-31',
          isOver,
          left: { count: 4, titles: [text, text, text] },
        },
      },
    ]),
    {
      ...about,
      kind: 'digest',
      facts: {
        ...nothing,
        failing: { count: 4, titles: [text, text, text] },
        overdue: { count: 1, titles: [text] },
      },
    },
  ];
}

describe('notificationOf', () => {
  it.each<[string, Partial<DigestFacts>, string]>([
    [
      '2 improvements to evaluate',
      { awaitingEvaluation: 2 },
      '2 improvements to evaluate.',
    ],
    [
      '1 finding to act on',
      { findingsWithoutImprovement: 1 },
      '1 finding without an improvement.',
    ],
    ['1 waiver ending soon', { waiversEnding: 1 }, '1 waiver ending soon.'],
  ])('says in a digest first what matters most: %s', (title, facts, text) => {
    expect(
      notificationOf(
        {
          kind: 'digest',
          subject: 'owner/group:default/team-a',
          dueAt: DUE_AT,
          facts: { ...nothing, ...facts },
        },
        [],
      ),
    ).toMatchObject({
      title: `Operational excellence this week: ${title}`,
      description: text,
    });
  });

  it('leads to the service, or to where those of several are shown', () => {
    const [announcement] = announcementsAbout('').filter(
      ({ kind }) => kind === 'missedGameDay',
    );
    expect(notificationOf(announcement, [checkout]).link).toBe(
      '/catalog/shop/api/checkout/operational-excellence',
    );
    expect(notificationOf(announcement, [payments, checkout]).link).toBe(
      '/operational-excellence/game-days',
    );
  });

  it('shows what others wrote as plain text on one line', () => {
    for (const announcement of announcementsAbout(hostile)) {
      const service = { ...payments, title: hostile };
      const { description, link, title } = notificationOf(announcement, [
        service,
      ]);
      for (const text of [title, description ?? '']) {
        expect(text).not.toMatch(/\p{Cc}|[\u202a-\u202e]/u);
        expect(text).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
      }
      expect(link).toMatch(/^\/(catalog|operational-excellence)\//);
    }
  });

  it('fits into what notifications can keep, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 5_000 }), text => {
        for (const announcement of announcementsAbout(text)) {
          const services = [1, 2, 3, 4].map(() => ({
            ...payments,
            title: text,
          }));
          const notification = notificationOf(announcement, services);
          expect(notification.title.length).toBeGreaterThan(0);
          expect(notification.title.length).toBeLessThanOrEqual(200);
          expect(notification.description?.length).toBeLessThanOrEqual(1_000);
          expect(notification.scope?.length).toBeLessThanOrEqual(255);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('has a scope of its own for each thing to say, however long its name', () => {
    const scopeOf = (owner: string, dueAt: number) =>
      keyOf({ kind: 'digest', subject: `owner/${owner}`, dueAt });
    const long = `group:default/${'x'.repeat(300)}`;
    const scopes = [
      scopeOf('group:default/a', 1),
      scopeOf('group:default/a', 2),
      scopeOf(long, 1),
      scopeOf(`${long}y`, 1),
    ];
    expect(new Set(scopes).size).toBe(scopes.length);
    expect(Math.max(...scopes.map(({ length }) => length))).toBeLessThan(255);
    expect(scopeOf(long, 1)).toBe(scopes[2]);
  });
});
