/**
 * What teams write on tickets. `{part}` stands for a part of the service.
 */
const SERVICE_IMPROVEMENTS: readonly string[] = [
  'Alert before the {part} falls behind',
  'Write a runbook for a stalled {part}',
  'Cap the retries of the {part}',
  'Show the latency of the {part} on the team dashboard',
  'Get rid of the weekly manual restart of the {part}',
  'Rehearse the restore of the {part} from backup',
  'Set time-outs on every call out of the {part}',
  'Load-test the {part} at twice the volume of last peak season',
  'Trace requests through the {part}',
  'Replace the cron job behind the {part}',
  'Remove feature flags of the {part} that are on everywhere',
  'Rotate the credentials of the {part} without a deployment',
  'Keep the {part} up through the loss of a zone',
  'Roll the {part} back by itself when errors rise',
  'Shed load in the {part} before it tips over',
  'Silence the alarms of the {part} that nobody acts on',
  'Say who is paged for the {part}',
  'Split the deployment of the {part} from the rest',
];

const LIBRARY_IMPROVEMENTS: readonly string[] = [
  'Test the {part} against the versions that partners still use',
  'Drop the deprecated options of the {part}',
  'Measure the {part} in a benchmark with each release',
  'Publish the {part} with a signed provenance',
  'Replace the abandoned dependency of the {part}',
  'Fuzz the {part} with malformed input',
  'Say in the changelog what breaks in the {part}',
  'Cut the memory that the {part} takes at start',
];

/** The improvements that a service of a type may have. */
export function improvementTitlesFor(type: string): readonly string[] {
  return type === 'library' ? LIBRARY_IMPROVEMENTS : SERVICE_IMPROVEMENTS;
}

export const OTHER_TITLES: readonly string[] = [
  'Dates in the {part} are off by one around midnight',
  'Let partners filter what the {part} returns',
  'Support a second language in the {part}',
  'Export the {part} as CSV',
  'Wrong total in the {part} after a correction',
  'Offer the {part} to partners in the north',
  'Duplicate entries in the {part} after a reconnect',
  'Make the {part} usable by keyboard',
  'Show why the {part} rejected an entry',
  'Umlauts are lost in the {part}',
  'Let planners override the {part}',
  'Search the {part} by customer number',
];

export const IMPROVEMENT_LABELS: readonly string[] = [
  'reliability',
  'observability',
  'security',
  'toil',
  'cost',
];
