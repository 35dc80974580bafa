import {
  MEASURE_STATES,
  MEASURES,
  serviceSortSchema,
} from 'backstage-plugin-operational-excellence-common';
import {
  DEFAULT_SORT,
  FILTER_KEYS,
  filterQuery,
  formatView,
  isFiltered,
  parseView,
  ScorecardView,
  viewQuery,
} from './scorecardView';

const NO_FILTERS: ScorecardView['filters'] = {
  owner: [],
  system: [],
  domain: [],
  tier: [],
  type: [],
  lifecycle: [],
};

const EVERYTHING: ScorecardView = {
  measure: undefined,
  states: [],
  filters: NO_FILTERS,
  starved: false,
  q: '',
  sort: DEFAULT_SORT,
  cursor: undefined,
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
    const filters = { ...NO_FILTERS, [key]: VALUES };
    expect(shared({ ...EVERYTHING, filters })).toEqual({
      ...EVERYTHING,
      filters,
    });
  });

  it.each(VALUES)('keeps the text and the cursor %j', text => {
    const view = { ...EVERYTHING, q: text, cursor: text };
    expect(shared(view)).toEqual(view);
  });

  it('keeps all of it together', () => {
    const view: ScorecardView = {
      measure: 'gameDay',
      states: ['overdue', 'never'],
      filters: Object.fromEntries(
        FILTER_KEYS.map(key => [key, [`${key} 1`, `${key} 2`]]),
      ) as ScorecardView['filters'],
      starved: true,
      q: 'pay',
      sort: '-backlogAge',
      cursor: 'next',
    };
    expect(shared(view)).toEqual(view);
  });

  it.each([
    ['a sort', 'sort=cheapest'],
    ['a sort that objects have', 'sort=toString'],
    ['a doubly reversed sort', 'sort=--title'],
    ['an empty sort', 'sort='],
    ['a state', 'state=great'],
    ['a measure', 'measure=velocity'],
    ['what starved would be', 'starved=false'],
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
      filters: { ...NO_FILTERS, tier: ['1'] },
    });
  });

  it('cuts a text that the API would refuse', () => {
    expect(parse(`q=${'x'.repeat(201)}`).q).toHaveLength(200);
  });
});

describe('the query of a view', () => {
  const view: ScorecardView = {
    measure: 'backlog',
    states: ['overdue'],
    filters: { ...NO_FILTERS, owner: ['group:default/a', 'group:default/b'] },
    starved: true,
    q: 'pay',
    sort: '-backlogAge',
    cursor: 'next',
  };

  it('has all that the list depends on', () => {
    expect(viewQuery(view)).toEqual({
      measure: 'backlog',
      state: ['overdue'],
      ...view.filters,
      starved: 'true',
      q: 'pay',
      sort: '-backlogAge',
      cursor: 'next',
    });
  });

  it('leaves states, sort and page out of what is counted', () => {
    expect(filterQuery(view)).toEqual({
      measure: 'backlog',
      ...view.filters,
      starved: 'true',
      q: 'pay',
    });
  });
});

describe('isFiltered', () => {
  it.each<[string, boolean]>([
    ['', false],
    ['sort=title', false],
    ['measure=backlog', false],
    ['cursor=next', false],
    ['q=pay', true],
    ['starved=true', true],
    ['state=ok', true],
    ...FILTER_KEYS.map((key): [string, boolean] => [`${key}=x`, true]),
  ])('of the URL ?%s is %s', (search, filtered) => {
    expect(isFiltered(parse(search))).toBe(filtered);
  });
});
