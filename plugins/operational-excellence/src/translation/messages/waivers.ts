/** Texts of waivers. */
export const waivers = {
  title: 'Waivers',
  loading: 'Loading the waivers',
  grant: 'Grant a waiver',
  until: 'Until {{day}}',
  ahead: 'ends {{ahead}}',
  grantedBy: 'Granted {{ago}} by',
  beneath: 'Beneath it:',
  endNow: 'End now',
  end: {
    title: 'End the waiver now?',
    text: 'It excepts “{{measure}}” of {{service}} until {{day}}. Ended, it does not come back; another one has to be granted.',
    becomes: 'The state becomes {{state}} again.',
    keep: 'Keep it',
    ending: 'Ending …',
    failed: 'It could not be ended. {{message}}',
  },
  mayNot:
    'You may not grant or end waivers of this service: that needs the permission {{permission}}. Ask its owner, or whoever manages the permissions of this portal.',
  mayNotOwned:
    'You may not grant or end waivers of this service: that needs the permission {{permission}}. Ask {{owner}}, who owns it, or whoever manages the permissions of this portal.',
  mayNotBeChecked:
    'Whether you may grant waivers could not be found out: {{message}}',
  form: {
    loading: 'Loading the form',
    about:
      'A waiver excepts one measure of {{service}} from its policy for a time. Everybody who sees the service sees the waiver, its reason and who granted it.',
    measure: 'Measure',
    alreadyWaived:
      'It is waived until {{day}} already; the waiver that ends last decides.',
    reason: 'Reason',
    reasonHint: 'Why it may wait, and what is planned instead',
    until: 'Until',
    untilHint: 'To the end of that day',
    quick: 'Quick choices',
    cancel: 'Cancel',
    send: 'Grant it',
    sending: 'Granting …',
    failed: 'It could not be granted; nothing you typed is lost. {{message}}',
    problem: {
      measure: 'Say which measure it is for.',
      reason: 'Say why, so that nobody has to guess later.',
      until: 'Say until when.',
      past: 'It must end in the future.',
      'bad-day': 'This is not a day.',
      'too-long': 'This is too long: at most {{max}} characters.',
    },
  },
  list: {
    views: 'Waivers by what has become of them',
    active: 'Active',
    'ending-soon': 'Ending soon',
    ended: 'Past',
    owner: 'Owner',
    service: 'Service',
    measure: 'Measure',
    reason: 'Reason',
    granted: 'Granted',
    by: 'by',
    ends: 'Ends',
    endedOn: 'Ended',
    endedEarly: 'before its time, by',
    endedByItself: 'by itself',
    empty: {
      active:
        'No waiver applies. Whoever may grants one on the tab of a service.',
      'ending-soon_one': 'No waiver ends within {{count}} day.',
      'ending-soon_other': 'No waiver ends within {{count}} days.',
      ended: 'No waiver has ended yet.',
    },
    emptyOfOwner: 'None of the services of these owners has one.',
  },
} as const;
