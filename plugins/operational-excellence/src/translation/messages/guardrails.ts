/** Texts of guardrails of experiments. */
export const guardrails = {
  title: 'Guardrails',
  intro:
    'What limits the harm of the experiments that can be started against this service.',
  loading: 'Reading guardrails',
  empty: 'No experiment template exercises this service.',
  template: 'Experiment template',
  stopConditions: 'Stops by itself on',
  none: 'Nothing: it runs to its end whatever happens',
  log: 'Log',
  logged: 'Written',
  notLogged: 'None: what happens leaves no trace but the outcome',
  logUnknown: 'Not known',
  where: '{{account}} {{region}}',
  checked: 'Looked at {{ago}}',
  lever: {
    engaged:
      'The safety lever of {{account}} {{region}} is engaged: no experiment can run there.',
    engagedWhy:
      'The safety lever of {{account}} {{region}} is engaged: no experiment can run there. Reason: {{reason}}',
    unknown:
      'Whether the safety lever of {{account}} {{region}} is engaged is not known: {{reason}}',
  },
  unguarded: {
    title: 'Run without guardrails',
    intro:
      'Experiments that ran with no stop condition: nothing would have ended them before their time.',
    empty: 'Every experiment that ran had a stop condition.',
    loading: 'Reading experiments without stop conditions',
    ranOn: '{{ago}}, {{account}} {{region}}',
    services: 'Exercised',
    noService: 'no service that you may see',
    templates_one:
      '{{count}} experiment template has no stop condition, and will start the next one:',
    templates_other:
      '{{count}} experiment templates have no stop condition, and will start the next ones:',
    more: 'and {{count}} more',
  },
} as const;
