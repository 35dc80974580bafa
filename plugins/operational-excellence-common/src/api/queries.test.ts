import fc from 'fast-check';
import { experimentQuerySchema } from './experiments';
import { pageQuerySchema, several } from './lists';
import { serviceQuerySchema, serviceSortSchema } from './services';
import { sourceScopeQuerySchema, syncRequestSchema } from './sources';
import { ticketQuerySchema } from './tickets';
import { z } from 'zod';

function problemsOf(schema: z.ZodType, query: unknown) {
  const result = schema.safeParse(query);
  return result.success
    ? []
    : result.error.issues.map(({ path }) => path.join('.'));
}

describe('the parameters of lists', () => {
  it('has defaults', () => {
    expect(serviceQuerySchema.parse({})).toEqual({ limit: 50, sort: 'state' });
    expect(experimentQuerySchema.parse({})).toEqual({
      limit: 50,
      sort: '-createdAt',
    });
    expect(ticketQuerySchema.parse({})).toEqual({
      limit: 50,
      class: 'improvement',
      state: 'not-done',
      sort: 'createdAt',
    });
    expect(sourceScopeQuerySchema.parse({})).toEqual({ limit: 50 });
    expect(syncRequestSchema.parse(undefined)).toEqual({});
  });

  it('takes the limits from 1 to 200, which come as text', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 400 }), limit => {
        const result = pageQuerySchema.safeParse({ limit: String(limit) });
        expect(result.data?.limit).toBe(
          limit >= 1 && limit <= 200 ? limit : undefined,
        );
      }),
    );
  });

  it.each(['', 'many', '1.5', 'NaN', 'Infinity', ['1', '2'], { a: '1' }])(
    'refuses the limit %j',
    limit => {
      expect(problemsOf(pageQuerySchema, { limit })).toEqual(['limit']);
    },
  );

  it('refuses a cursor that it cannot have given', () => {
    expect(problemsOf(pageQuerySchema, { cursor: 'x'.repeat(2000) })).toEqual(
      [],
    );
    expect(problemsOf(pageQuerySchema, { cursor: 'x'.repeat(2001) })).toEqual([
      'cursor',
    ]);
    expect(problemsOf(pageQuerySchema, { cursor: ['a', 'b'] })).toEqual([
      'cursor',
    ]);
  });
});

describe('several', () => {
  const schema = z.object({ tier: several(z.string().min(1)) });

  it('takes a parameter once, several times, or not at all', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 100 }),
        tiers => {
          expect(schema.parse({ tier: tiers })).toEqual({ tier: tiers });
          expect(schema.parse({ tier: tiers[0] })).toEqual({
            tier: [tiers[0]],
          });
        },
      ),
    );
    expect(schema.parse({})).toEqual({});
  });

  it('takes a value with a comma as one', () => {
    expect(schema.parse({ tier: 'a,b' })).toEqual({ tier: ['a,b'] });
  });

  it.each([
    ['an empty value', '', 'tier.0'],
    ['one empty value among others', ['1', ''], 'tier.1'],
    ['an object', { a: '1' }, 'tier.0'],
    ['too many values', Array.from({ length: 101 }, () => 'a'), 'tier'],
  ])('refuses %s', (_, tier, path) => {
    expect(problemsOf(schema, { tier })).toEqual([path]);
  });
});

describe('serviceQuerySchema', () => {
  it('reads all filters together', () => {
    expect(
      serviceQuerySchema.parse({
        state: ['overdue', 'never'],
        measure: 'gameDay',
        owner: 'group:default/team-a',
        tier: ['1', '2'],
        q: 'pay',
        sort: '-backlogAge',
        limit: '20',
        cursor: 'abc',
      }),
    ).toEqual({
      state: ['overdue', 'never'],
      measure: 'gameDay',
      owner: ['group:default/team-a'],
      tier: ['1', '2'],
      q: 'pay',
      sort: '-backlogAge',
      limit: 20,
      cursor: 'abc',
    });
  });

  it('sorts by each key, both ways', () => {
    const sorts = serviceSortSchema.options;
    expect(new Set(sorts).size).toBe(22);
    for (const key of sorts.filter(sort => !sort.startsWith('-'))) {
      expect(sorts).toContain(`-${key}`);
    }
  });

  it.each([
    ['a state', { state: 'great' }, 'state.0'],
    ['one of several states', { state: ['ok', 'great'] }, 'state.1'],
    ['a measure', { measure: 'velocity' }, 'measure'],
    ['a sort', { sort: 'age' }, 'sort'],
    ['two sorts', { sort: ['title', 'state'] }, 'sort'],
    ['a long text', { q: 'x'.repeat(201) }, 'q'],
  ])('refuses %s that it does not know', (_, query, path) => {
    expect(problemsOf(serviceQuerySchema, query)).toEqual([path]);
  });
});

describe('the other queries', () => {
  it.each([
    [
      'experiments by state',
      experimentQuerySchema,
      { state: 'done' },
      'state.0',
    ],
    ['experiments by sort', experimentQuerySchema, { sort: 'title' }, 'sort'],
    ['tickets by class', ticketQuerySchema, { class: 'bug' }, 'class'],
    ['tickets by state', ticketQuerySchema, { state: 'closed' }, 'state'],
    [
      'scopes by health',
      sourceScopeQuerySchema,
      { health: 'sick' },
      'health.0',
    ],
    ['a synchronisation', syncRequestSchema, { scopes: 'a' }, ''],
  ])('refuses %s that they do not know', (_, schema, query, path) => {
    expect(problemsOf(schema, query)).toEqual([path]);
  });
});
