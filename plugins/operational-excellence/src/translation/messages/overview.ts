/** Texts of how the services of the scorecard stand on the whole. */
export const overview = {
  title: 'How services stand',
  loading: 'Loading how services stand',
  attention: 'need attention',
  ofServices: '{{share}} of {{services}}',
  noServices: 'of no service',
  asOf: 'As of {{instant}}',
  withoutData: 'Without data:',
  withoutDataHint:
    'Services of which it is unknown how they stand, or that name no source',
  withoutDataOf: '{{measure}} {{services}}',
  csv: {
    download: 'Download CSV',
    cancel: 'Cancel the download',
    running: 'Downloading …',
    failed: 'It could not be downloaded: {{message}}',
  },
} as const;
