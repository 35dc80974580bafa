/** Texts of environments. */
export const environments = {
  title: 'Environments',
  triedIn: 'Tried in',
  notChosen: 'This was not saved: {{message}}',
  loading: 'Loading the environments',
  report: 'Report an environment',
  edit: 'Edit',
  remove: 'Report removal',
  empty:
    'No environment was reported yet. Pipelines report theirs over the API, people here.',
  emptyOfService:
    'No environment of this service was reported yet. Pipelines report theirs over the API, people here.',
  emptyFiltered: 'There are no such environments.',
  expiredCount_one:
    '{{count}} environment has expired and is not removed yet. It still costs, and may still be reached.',
  expiredCount_other:
    '{{count}} environments have expired and are not removed yet. They still cost, and may still be reached.',
  views: 'Environments by where they stand',
  view: {
    current: 'Not removed',
    removed: 'Removed',
    all: 'All',
  },
  kind: {
    production: 'Production',
    'production-like': 'Production-like',
    temporary: 'Temporary duplicate',
  },
  stage: {
    active: 'Active',
    expired: 'Expired, not removed',
    removed: 'Removed',
  },
  list: {
    owner: 'Owner',
    services: 'Services',
    created: 'Created',
    expires: 'Expires',
    expired: 'Expired',
    removed: 'Removed',
    used_one: '{{count}} exercise',
    used_other: '{{count}} exercises',
    tried_one: '{{count}} improvement',
    tried_other: '{{count}} improvements',
  },
  mayNot:
    'You may not report environments: that needs the permission {{permission}}. Ask whoever manages the permissions of this portal.',
  mayNotBeChecked:
    'Whether you may report environments could not be found out: {{message}}',
  form: {
    report: 'Report an environment',
    edit: 'Edit {{title}}',
    about:
      'Where exercises are held and improvements are tried. A pipeline that creates and removes environments can report them itself.',
    name: 'Name',
    nameHint: 'What pipelines call it by, such as payments-pr-42',
    titleField: 'Title',
    kind: 'Kind',
    owner: 'Owner',
    ownerHint: 'An entity reference, such as group:default/payments-team',
    services: 'Services',
    servicesHint: 'Entity references, with commas in between',
    url: 'Address',
    expires: 'Expires',
    save: 'Report it',
    problem: {
      name: 'Up to 200 letters, digits, dots, dashes and underscores, the first of them a letter or digit.',
      title: 'Say what it is called.',
      owner: 'Say who owns it.',
      url: 'This is no address that begins with http:// or https://.',
      expires: 'Say when the temporary environment is to be removed.',
      past: 'It must expire in the future.',
    },
  },
  removal: {
    title: 'Is {{title}} removed?',
    about:
      'This only puts down that it was removed: whoever runs it removes it. It stays on record with what was held in it, and its name is not used again.',
    submit: 'It is removed',
  },
} as const;
