/*
 * Runs the fault suite and prints what it led to; scripts/faults.mjs starts it.
 */
import { FAULTS } from 'backstage-plugin-operational-excellence-node/testUtils';
import { printOutcomes } from './printOutcomes';
import { runFaults } from './runFaults';
import { FAULTY_VENDORS } from './upstreams';

interface Settings {
  /** Whether the parent can create PostgreSQL databases; else SQLite is used. */
  hasServer: boolean;
  sources: string[];
  /** Ids; all if empty. */
  faults: string[];
}

let created: Promise<string> = Promise.resolve('');

/** Has the parent create a PostgreSQL database, one after the other. */
function createDatabase(): Promise<string> {
  created = created.then(
    () =>
      new Promise(resolve => {
        process.once('message', connection => resolve(String(connection)));
        process.send?.('database');
      }),
  );
  return created;
}

async function main({ hasServer, faults, sources }: Settings) {
  let isAllWell = true;
  for (const name of sources) {
    const vendor = FAULTY_VENDORS.find(known => known.name === name);
    if (!vendor) {
      throw new Error(
        `There is no source ${name}; there are ${FAULTY_VENDORS.map(
          known => known.name,
        ).join(', ')}`,
      );
    }
    const outcomes = await runFaults(
      vendor,
      FAULTS.filter(({ id }) => faults.length === 0 || faults.includes(id)),
      { database: hasServer ? createDatabase : undefined },
    );
    printOutcomes(vendor, outcomes);
    isAllWell &&= outcomes.every(({ wrong }) => wrong.length === 0);
  }
  return isAllWell;
}

main(JSON.parse(process.argv[2])).then(
  isAllWell => process.exit(isAllWell ? 0 : 1),
  error => {
    process.stderr.write(`${error?.stack ?? error}\n`);
    process.exit(1);
  },
);
