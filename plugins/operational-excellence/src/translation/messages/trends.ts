/** Texts of how services stood over time. */
export const trends = {
  title: 'Trends',
  loading: 'Loading the history',
  filters: 'What is shown',
  by: 'Services of',
  dimension: {
    all: 'Everybody',
    owner: 'An owner',
    system: 'A system',
    domain: 'A domain',
    tier: 'A tier',
    type: 'A type',
    lifecycle: 'A lifecycle',
  },
  group: {
    owner: 'Owner',
    system: 'System',
    domain: 'Domain',
    tier: 'Tier',
    type: 'Type',
    lifecycle: 'Lifecycle',
  },
  without: {
    owner: 'Without an owner',
    system: 'Without a system',
    domain: 'Without a domain',
    tier: 'Without a tier',
    type: 'Without a type',
    lifecycle: 'Without a lifecycle',
  },
  all: 'All services',
  choose: 'Choose one to see how its services stood, or one of those below.',
  days: 'Span',
  lastDays_one: '{{count}} day',
  lastDays_other: '{{count}} days',
  measure: 'States of',
  openScorecard: 'Open the scorecard',
  forbidden:
    'The history of a group counts all of its services, and you may not see every service. The tab of each service that you may see has its own history.',
  none: {
    title: 'No day has been counted yet',
    text: 'The first one is counted within a day from when the plugin was installed, and then one each day, by the calendar of UTC. What was before is not known.',
  },
  noneOfGroup: 'Of these {{days}} days, none was counted for this group.',
  since: 'The first day that was counted is {{day}}.',
  missing_one:
    '{{count}} day since then was not counted. It is left blank, for nothing is known of it.',
  missing_other:
    '{{count}} days since then were not counted. They are left blank, for nothing is known of them.',
  day: 'Day',
  notCounted: 'Not counted',
  states: {
    title: 'Services by state',
    description:
      'Services by state on each day from {{from}} to {{to}}. On the first day: {{first}}. On the last: {{last}}.',
    count: 'Services',
    part: '{{count, number}} {{state}}',
    nothing: 'none',
  },
  open: {
    title: 'Open improvements',
    description:
      'Open improvements on each day from {{from}} to {{to}}: {{first}} on the first day, {{last}} on the last.',
    count: 'Open improvements',
  },
  age: {
    title: 'Age of open improvements',
    description:
      'Age of the oldest and of the median open improvement on each day from {{from}} to {{to}}, in days. Oldest: {{first}} on the first day, {{last}} on the last.',
    count: 'Days',
    oldest: 'Oldest',
    median: 'Median',
  },
  share: {
    title: 'Improvements’ share of work closed in 90 days',
    description:
      'Share of improvements among what was closed in the 90 days before, on each day from {{from}} to {{to}}: {{first}} on the first day, {{last}} on the last.',
    count: 'Share',
  },
  held: {
    title: 'Game days and readiness tests',
    description_one:
      'Game days held and readiness tests passed in one period: {{held}} held, {{passed}} passed.',
    description_other:
      'Game days held and readiness tests passed in each of {{count}} periods: {{held}} held and {{passed}} passed in all.',
    gameDays: 'Game days held',
    tests: 'Readiness tests passed',
    count: 'In the period',
    period: 'Period',
    week: 'Week of {{day}}',
    none: 'No game day was held and no readiness test passed.',
  },
  unknownValue: 'Nothing to tell',
  movers: {
    title: 'Who got better, who got worse',
    about:
      'By the share of services that are failing, overdue or never were in order: {{from}} against {{to}}.',
    compare: 'Compare',
    of: {
      service: 'Services',
      owner: 'Owners',
      system: 'Systems',
      domain: 'Domains',
      tier: 'Tiers',
      type: 'Types',
      lifecycle: 'Lifecycles',
    },
    loading: 'Comparing the days',
    improved: 'Most improved',
    worsened: 'Worst drops',
    noneImproved: 'None has got better.',
    noneWorsened: 'None has got worse.',
    notYet: 'There are no two days to compare yet.',
    attention: '{{attention}} of {{services}} need attention',
    before: 'before: {{attention}} of {{services}}',
    better: '{{points}} points better',
    worse: '{{points}} points worse',
    trend: 'Trend',
    trendOf: 'Trend of {{group}}',
    measure: {
      backlog: 'the improvement backlog',
      gameDay: 'a game day',
      readinessTest: 'a readiness test',
    },
    more: {
      failing_one: '{{count}} service began to fail {{measure}}',
      failing_other: '{{count, number}} services began to fail {{measure}}',
      overdue_one: '{{count}} service became overdue for {{measure}}',
      overdue_other:
        '{{count, number}} services became overdue for {{measure}}',
      never_one: '{{count}} more service has never had {{measure}}',
      never_other: '{{count, number}} more services have never had {{measure}}',
      unknown_one: '{{count}} service became unknown for {{measure}}',
      unknown_other:
        '{{count, number}} services became unknown for {{measure}}',
      'not-configured_one':
        '{{count}} more service has nothing configured for {{measure}}',
      'not-configured_other':
        '{{count, number}} more services have nothing configured for {{measure}}',
      'due-soon_one': '{{count}} service became due soon for {{measure}}',
      'due-soon_other':
        '{{count, number}} services became due soon for {{measure}}',
      ok_one: '{{count}} service came in order for {{measure}}',
      ok_other: '{{count, number}} services came in order for {{measure}}',
      waived_one: '{{count}} service was excepted from {{measure}}',
      waived_other: '{{count, number}} services were excepted from {{measure}}',
      'not-required_one': '{{count}} more service need not have {{measure}}',
      'not-required_other':
        '{{count, number}} more services need not have {{measure}}',
    },
    fewer: {
      failing_one: '{{count}} service does not fail {{measure}} any more',
      failing_other:
        '{{count, number}} services do not fail {{measure}} any more',
      overdue_one: '{{count}} service is no longer overdue for {{measure}}',
      overdue_other:
        '{{count, number}} services are no longer overdue for {{measure}}',
      never_one: '{{count}} service fewer has never had {{measure}}',
      never_other:
        '{{count, number}} fewer services have never had {{measure}}',
      unknown_one: '{{count}} service is no longer unknown for {{measure}}',
      unknown_other:
        '{{count, number}} services are no longer unknown for {{measure}}',
      'not-configured_one':
        '{{count}} service fewer has nothing configured for {{measure}}',
      'not-configured_other':
        '{{count, number}} fewer services have nothing configured for {{measure}}',
      'due-soon_one': '{{count}} service is no longer due soon for {{measure}}',
      'due-soon_other':
        '{{count, number}} services are no longer due soon for {{measure}}',
      ok_one: '{{count}} service fewer is in order for {{measure}}',
      ok_other: '{{count, number}} fewer services are in order for {{measure}}',
      waived_one: '{{count}} service is no longer excepted from {{measure}}',
      waived_other:
        '{{count, number}} services are no longer excepted from {{measure}}',
      'not-required_one': '{{count}} service fewer need not have {{measure}}',
      'not-required_other':
        '{{count, number}} fewer services need not have {{measure}}',
    },
  },
  ofService: {
    title: 'State over the last 90 days',
    loading: 'Loading the last 90 days',
    description: 'State on each of the last 90 days: {{runs}}.',
    run: '{{state}} from {{from}} to {{to}}',
    oneDay: '{{state}} on {{from}}',
    current: '{{state}} since {{from}}',
    blank: 'Days that were not counted are left blank.',
    none: 'No day has been counted for this service yet. One is counted each day.',
  },
} as const;
