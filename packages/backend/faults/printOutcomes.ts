import { FaultOutcome } from 'backstage-plugin-operational-excellence-node/testUtils';
import { FaultyVendor } from './FaultyVendor';

const HEADINGS = [
  'fault',
  'outcome',
  'true',
  'unknown',
  'requests',
  'bound',
  'recovered after',
];

/** Prints a table of what faults led to, and below what was wrong. */
export function printOutcomes(
  { name, lacks }: FaultyVendor,
  outcomes: readonly FaultOutcome[],
): void {
  const rows = outcomes.map(outcome => [
    outcome.fault,
    wordOf(outcome),
    String(outcome.truth),
    String(outcome.unknown),
    String(outcome.requests),
    String(outcome.bound),
    outcome.recoveredAfter === undefined
      ? 'never'
      : `${outcome.recoveredAfter} runs`,
  ]);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map(row => row[column].length)),
  );
  const lines = [HEADINGS, ...rows].map(row =>
    row.map((cell, column) => cell.padEnd(widths[column])).join('  '),
  );
  const wrong = outcomes.flatMap(outcome =>
    outcome.wrong.map(text => `WRONG: ${outcome.fault} ${text}`),
  );
  const lacking = Object.entries(lacks).map(
    ([fault, reason]) => `Not tested: ${fault}, because ${reason}`,
  );
  const all = [...lines, ...lacking, ...wrong].map(
    line => `  ${line.trimEnd()}`,
  );
  process.stdout.write(`\n${name}\n${all.join('\n')}\n`);
}

/** The figures while the fault lasted, in a word. */
function wordOf({ wrong, truth, unknown }: FaultOutcome): string {
  if (wrong.length > 0) return 'WRONG';
  if (unknown === 0) return 'truth';
  return truth === 0 ? 'unknown' : 'truth or unknown';
}
