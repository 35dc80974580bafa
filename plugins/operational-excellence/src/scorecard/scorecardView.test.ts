import {
  MEASURE_STATES,
  MEASURES,
  rollupSortSchema,
  serviceSortSchema,
} from 'backstage-plugin-operational-excellence-common';
import {
  DEFAULT_GROUP_SORT,
  DEFAULT_SORT,
  FILTER_KEYS,
  filterQuery,
  filtersInUse,
  formatView,
  isFiltered,
  listOf,
  NO_FILTERS,
  parseView,
  rollupQuery,
  ScorecardView,
  searchOf,
  viewQuery,
  withinGroup,
} from './scorecardView';

const EVERYTHING: ScorecardView = {
  ...NO_FILTERS,
  by: undefined,
  measure: undefined,
  sort: DEFAULT_SORT,
  groupSort: DEFAULT_GROUP_SORT,
  open: [],
  report: false,
  cursor: undefined,
};

/** A view in which nothing is at its default. */
const ALL_OF_IT: ScorecardView = {
  by: undefined,
  measure: 'gameDay',
  states: ['overdue', 'never'],
  filters: Object.fromEntries(
    FILTER_KEYS.map(key => [key, [`${key} 1`, `${key} 2`]]),
  ) as ScorecardView['filters'],
  without: ['tier', 'lifecycle'],
  starved: true,
  starred: true,
  initiative: 'initiative-1',
  reached: 'left',
  q: 'pay',
  sort: '-backlogAge',
  groupSort: 'title',
  open: [],
  report: true,
  cursor: 'next',
};

/** What may stand in a value, whoever chose it. */
const VALUES = [
  'group:default/money-team',
  'a b+c&d=e#f?g',
  '100%',
  '%26',
  '<b>',
  'Zürich 🚀',
  ',',
];

const parse = (search: string) => parseView(new URLSearchParams(search));

/** The view after a way through the text of a URL. */
const shared = (view: ScorecardView) => parse(formatView(view).toString());

describe('the view in the URL', () => {
  it('is absent at its defaults', () => {
    expect(formatView(EVERYTHING).toString()).toBe('');
    expect(parse('')).toEqual(EVERYTHING);
  });

  it.each(serviceSortSchema.options)('keeps the sort %s', sort => {
    expect(shared({ ...EVERYTHING, sort })).toEqual({ ...EVERYTHING, sort });
  });

  it.each(MEASURES)('keeps the measure %s', measure => {
    expect(shared({ ...EVERYTHING, measure }).measure).toBe(measure);
  });

  it('keeps any set of states, in the order of the tiles', () => {
    for (let bits = 0; bits < 2 ** MEASURE_STATES.length; bits++) {
      const states = MEASURE_STATES.filter((_, bit) => bits & (2 ** bit));
      expect(
        shared({ ...EVERYTHING, states: [...states].reverse() }).states,
      ).toEqual(states);
    }
  });

  it.each(FILTER_KEYS)('keeps any values of the filter %s', key => {
    const filters = { ...NO_FILTERS.filters, [key]: VALUES };
    expect(shared({ ...EVERYTHING, filters })).toEqual({
      ...EVERYTHING,
      filters,
    });
    const without = { ...EVERYTHING, without: [key] };
    expect(shared(without)).toEqual(without);
  });

  it.each(rollupSortSchema.options)('keeps the sort of groups %s', sort => {
    const view = { ...EVERYTHING, groupSort: sort };
    expect(shared(view)).toEqual(view);
  });

  it.each(FILTER_KEYS)('keeps groups by %s, without states', by => {
    const view = { ...ALL_OF_IT, by };
    expect(shared(view)).toEqual({ ...view, states: [] });
  });

  it('keeps which owners are opened, while grouped by owner only', () => {
    const open = VALUES;
    expect(shared({ ...EVERYTHING, by: 'owner', open }).open).toEqual(open);
    expect(shared({ ...EVERYTHING, by: 'tier', open }).open).toEqual([]);
    expect(parse('open=group:default/a').open).toEqual([]);
  });

  it.each(VALUES)('keeps the text and the cursor %j', text => {
    const view = { ...EVERYTHING, q: text, cursor: text };
    expect(shared(view)).toEqual(view);
  });

  it('keeps all of it together', () => {
    expect(shared(ALL_OF_IT)).toEqual(ALL_OF_IT);
  });

  it.each([
    ['a sort', 'sort=cheapest'],
    ['a sort that objects have', 'sort=toString'],
    ['a doubly reversed sort', 'sort=--title'],
    ['an empty sort', 'sort='],
    ['a state', 'state=great'],
    ['a measure', 'measure=velocity'],
    ['what starved would be', 'starved=false'],
    ['what starred would be', 'starred=false'],
    ['a group', 'by=colour'],
    ['a sort of groups', 'groupSort=cheapest'],
    ['a property that is lacked', 'without=colour'],
    ['what is reached of nothing', 'reached=true'],
    ['what would be a report', 'report=1'],
    ['an empty cursor', 'cursor='],
    ['an empty filter', 'owner=&tier='],
    ['a parameter', 'utm_source=mail'],
  ])('drops %s that it does not know', (_, search) => {
    expect(parse(search)).toEqual(EVERYTHING);
  });

  it('keeps what it knows beside what it does not', () => {
    expect(
      parse('state=great&state=ok&tier=&tier=1&tier=1&sort=cheapest'),
    ).toEqual({
      ...EVERYTHING,
      states: ['ok'],
      filters: { ...NO_FILTERS.filters, tier: ['1'] },
    });
    expect(parse('initiative=x&reached=perhaps')).toEqual({
      ...EVERYTHING,
      initiative: 'x',
    });
  });

  it('cuts a text that the API would refuse', () => {
    expect(parse(`q=${'x'.repeat(201)}`).q).toHaveLength(200);
  });
});

describe('the query of a view', () => {
  const filters = {
    ...ALL_OF_IT.filters,
    without: ['tier', 'lifecycle'],
    starved: 'true',
    entityRef: ['component:default/a', 'none'],
    initiative: 'initiative-1',
    reached: 'left',
    q: 'pay',
  };
  const starred = ['component:default/a'];

  it('has all that the list depends on', () => {
    expect(viewQuery(ALL_OF_IT, starred)).toEqual({
      ...filters,
      measure: 'gameDay',
      state: ['overdue', 'never'],
      sort: '-backlogAge',
      cursor: 'next',
    });
  });

  it('leaves states, sort and page out of what is counted', () => {
    expect(filterQuery(ALL_OF_IT, starred)).toEqual({
      ...filters,
      measure: 'gameDay',
    });
    expect(rollupQuery(ALL_OF_IT, starred)).toEqual(filters);
  });

  it('asks for what is starred only where that is asked for', () => {
    expect(rollupQuery(EVERYTHING, starred).entityRef).toBeUndefined();
  });

  it('finds nothing for who has starred nothing', () => {
    const { entityRef } = rollupQuery({ ...EVERYTHING, starred: true }, []);
    expect(entityRef).toEqual(['none']);
  });
});

describe('the way to a list', () => {
  const grouped: ScorecardView = {
    ...ALL_OF_IT,
    by: 'owner',
    states: [],
    open: ['group:default/a'],
  };

  it('keeps the filters and names the states', () => {
    expect(listOf(grouped, ['overdue', 'failing'], 'backlog')).toEqual({
      ...ALL_OF_IT,
      measure: 'backlog',
      states: ['failing', 'overdue'],
      report: false,
      cursor: undefined,
    });
    expect(listOf(grouped)).toMatchObject({ states: [], measure: undefined });
  });

  it('leads into one group', () => {
    const view = withinGroup(grouped, 'tier', '3');
    expect(view.filters).toEqual({ ...ALL_OF_IT.filters, tier: ['3'] });
    expect(view.without).toEqual(['lifecycle']);
  });

  it('leads to the services in no group', () => {
    const view = withinGroup(grouped, 'owner', null);
    expect(view.filters).toEqual({ ...ALL_OF_IT.filters, owner: [] });
    expect(view.without).toEqual(['tier', 'lifecycle', 'owner']);
  });

  it('is the part of an address behind its path', () => {
    expect(searchOf(EVERYTHING)).toBe('?');
    expect(searchOf(withinGroup(EVERYTHING, 'owner', 'group:default/a'))).toBe(
      '?owner=group%3Adefault%2Fa',
    );
  });
});

describe('isFiltered', () => {
  it.each<[string, boolean]>([
    ['', false],
    ['sort=title', false],
    ['by=owner', false],
    ['measure=backlog', false],
    ['cursor=next', false],
    ['q=pay', true],
    ['starved=true', true],
    ['starred=true', true],
    ['initiative=x', true],
    ['state=ok', true],
    ...FILTER_KEYS.map((key): [string, boolean] => [`${key}=x`, true]),
    ...FILTER_KEYS.map((key): [string, boolean] => [`without=${key}`, true]),
  ])('of the URL ?%s is %s', (search, filtered) => {
    expect(isFiltered(parse(search))).toBe(filtered);
  });

  it('counts each filter that is in use once', () => {
    expect(filtersInUse(EVERYTHING)).toBe(0);
    expect(filtersInUse(ALL_OF_IT)).toBe(FILTER_KEYS.length + 3);
  });
});
