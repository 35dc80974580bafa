import {
  Fault,
  FAULTS,
  FaultOutcome,
  runFault,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { FaultyPortal } from './FaultyPortal';
import { FaultyVendor } from './FaultyVendor';

const SEED = 20_261_123;
const PORTALS_AT_ONCE = 8;

/**
 * Runs faults against one kind of source, at the same time: each has an instance,
 * an upstream and a service of its own.
 *
 * @param options - `database`: makes a database and answers its connection
 */
export async function runFaults(
  vendor: FaultyVendor,
  faults: readonly Fault[],
  options: { database?: () => Promise<string> } = {},
): Promise<FaultOutcome[]> {
  const tested = faults.filter(({ id }) => vendor.lacks[id] === undefined);
  if (!vendor.portalsOfTheirOwn) return runInPortal(vendor, tested, options);

  const outcomes: FaultOutcome[] = [];
  for (let from = 0; from < tested.length; from += PORTALS_AT_ONCE) {
    const some = await Promise.all(
      tested
        .slice(from, from + PORTALS_AT_ONCE)
        .map(fault => runInPortal(vendor, [fault], options)),
    );
    outcomes.push(...some.flat());
  }
  return outcomes;
}

async function runInPortal(
  vendor: FaultyVendor,
  faults: readonly Fault[],
  options: { database?: () => Promise<string> },
): Promise<FaultOutcome[]> {
  const started = await vendor.start(faults.map(({ id }) => id));
  const portal = await FaultyPortal.start({
    connection: await options.database?.(),
    vendors: [vendor],
    config: started.config,
  });
  try {
    await started.ready?.(portal.url);
    return await Promise.all(
      faults.map(fault =>
        runFault(
          portal.subject(
            fault.id,
            vendor.measure,
            started.upstreams.get(fault.id)!,
          ),
          fault,
          // The same for a fault, whichever others are run.
          { seed: SEED + FAULTS.indexOf(fault) },
        ),
      ),
    );
  } finally {
    await portal.stop();
    await started.stop();
  }
}
