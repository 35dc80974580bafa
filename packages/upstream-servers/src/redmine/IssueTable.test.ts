import { IssueOrder, IssueTable } from './IssueTable';
import { RedmineIssue } from './records';

function issue(id: number, change: Partial<RedmineIssue> = {}): RedmineIssue {
  return {
    id,
    projectId: id % 3,
    trackerId: 1,
    statusId: 1,
    priorityId: 2,
    authorId: 1,
    assigneeId: null,
    category: null,
    subject: `Issue ${id}`,
    description: '',
    isPrivate: false,
    customFields: {},
    createdOn: id * 1000,
    updatedOn: id * 1000,
    closedOn: null,
    ...change,
  };
}

/** The same numbers each time. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

const byUpdate: IssueOrder = (one, other) =>
  one.updatedOn - other.updatedOn || one.id - other.id;

describe('IssueTable', () => {
  it.each([1, 2, 3, 4, 5])(
    'selects what a plain list of the issues would (%i)',
    seed => {
      const random = randomNumbers(seed * 7919);
      const table = new IssueTable();
      const plain = new Map<number, RedmineIssue>();
      table.generate(60, id => issue(id));
      for (let id = 1; id <= 60; id++) plain.set(id, issue(id));

      for (let step = 0; step < 120; step++) {
        const id = 1 + random(70);
        if (random(3) === 0 && plain.has(id)) {
          table.delete(id);
          plain.delete(id);
        } else {
          const written = issue(plain.has(id) ? id : table.nextId(), {
            updatedOn: 60_000 + step,
            projectId: random(3),
          });
          table.put(written);
          plain.set(written.id, written);
        }

        const fromId = random(2) ? 1 + random(80) : undefined;
        const updatedAfter = random(2) ? random(60_200) : undefined;
        const projectId = random(4);
        const matches = (one: RedmineIssue) =>
          projectId === 3 || one.projectId === projectId;
        const compare = random(3) ? 'id' : byUpdate;
        const page = { offset: random(40), limit: 1 + random(20) };

        const expected = [...plain.values()]
          .filter(matches)
          .filter(one => fromId === undefined || one.id >= fromId)
          .filter(
            one => updatedAfter === undefined || one.updatedOn > updatedAfter,
          )
          .sort(compare === 'id' ? (a, b) => a.id - b.id : compare);
        expect(
          table.select(
            {
              fromId,
              updatedAfter,
              matches,
              name: String(projectId),
              compare,
            },
            page,
          ),
        ).toEqual({
          issues: expected.slice(page.offset, page.offset + page.limit),
          total: expected.length,
        });
      }
    },
  );

  it('looks at no more generated issues than a page has', () => {
    const table = new IssueTable();
    let looked = 0;
    table.generate(100_000, id => {
      looked += 1;
      return issue(id);
    });
    const all = { matches: () => true, name: 'all', compare: 'id' as const };
    table.select(all, { offset: 0, limit: 100 });
    looked = 0;
    const { issues, total } = table.select(
      { ...all, fromId: 50_001 },
      { offset: 0, limit: 100 },
    );
    expect([issues[0].id, issues.length, total]).toEqual([50_001, 100, 50_000]);
    expect(looked).toBe(100);
  });
});
