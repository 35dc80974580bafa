/** Texts of the report of the scorecard, which is printed. */
export const report = {
  open: 'Print report',
  print: 'Print',
  back: 'Back to the scorecard',
  title: 'Operational excellence: {{subject}}',
  everything: 'all services',
  filter: '{{name}}: {{values}}',
  stateOf: '{{measure}}: {{states}}',
  text: 'Text: {{text}}',
  loading: 'Loading the report',
  services_one: '{{count}} service',
  services_other: '{{count, number}} services',
  figures: 'In figures',
  measure: 'Measure',
  countAndShare: '{{count, number}} ({{share}})',
  improvements:
    'Open improvements: {{open}}. Services that close none of theirs: {{starved}}.',
  share:
    '{{share}} of the work closed in 90 days were improvements ({{closed}} of {{all}}).',
  noShare: 'Nothing at all was closed in 90 days.',
  groups: 'Where it is worst',
  worst: 'Services to look at first',
  none: 'No service matches.',
  more_one: 'and {{count}} more',
  more_other: 'and {{count, number}} more',
} as const;
