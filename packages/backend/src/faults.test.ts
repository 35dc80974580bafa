import { FAULTS } from 'backstage-plugin-operational-excellence-node/testUtils';
import { runFaults } from '../faults/runFaults';
import { github } from '../faults/upstreams/github';

// `yarn faults` runs all faults against all sources; these are quick to notice.
const QUICK = [
  'too-many-seconds',
  'html-third',
  'truncated-by-chance',
  'wrong-type-by-chance',
  'same-page-again',
  'empty-page',
  'doubled-rows',
  'restless-rows',
  'clock-goes-back',
];

it('leaves no wrong figure, whatever GitHub answers', async () => {
  const outcomes = await runFaults(
    github,
    FAULTS.filter(({ id }) => QUICK.includes(id)),
  );
  expect(
    outcomes.map(({ fault, wrong, recoveredAfter }) => ({
      fault,
      wrong,
      recovered: recoveredAfter !== undefined,
    })),
  ).toEqual(
    QUICK.map(fault => ({ fault, wrong: [], recovered: true })).sort(
      (a, b) => orderOf(a.fault) - orderOf(b.fault),
    ),
  );
}, 300_000);

function orderOf(id: string): number {
  return FAULTS.findIndex(fault => fault.id === id);
}
