import { ExperimentSource } from '../../sources';
import { ContractTests, Lacks } from './capabilities';
import { experimentChangesContract } from './experimentChangesContract';
import { experimentEventsContract } from './experimentEventsContract';
import { ExperimentRun } from './ExperimentRun';
import { experimentScopesContract } from './experimentScopesContract';
import {
  ExperimentCapability,
  ExperimentUpstreamDriver,
} from './ExperimentUpstreamDriver';
import { sourceFailuresContract } from './sourceFailuresContract';

/**
 * An experiment source and the upstream behind it.
 *
 * @public
 */
export interface ExperimentSourceSubject {
  source: ExperimentSource;
  upstream: ExperimentUpstreamDriver;
  /** Called after each test. */
  close(): Promise<void>;
}

/** @public */
export interface ExperimentSourceContractOptions {
  name: string;
  /**
   * Called for each test. The source should give up early, so that the failures
   * do not take long: a time-out and waits of less than a second, and a circuit
   * breaker that tries again within one.
   */
  create(): Promise<ExperimentSourceSubject>;
  /** What is lacking, and why. */
  lacks?: Lacks<ExperimentCapability>;
  /** For each test; 30 000 if left out. */
  timeoutMs?: number;
}

/**
 * Defines the tests that every experiment source passes. Call it at the top
 * level of a test file, or within a `describe`.
 *
 * @public
 */
export function experimentSourceContract(
  options: ExperimentSourceContractOptions,
): void {
  const tests = new ContractTests(
    options.lacks ?? {},
    options.timeoutMs ?? 30_000,
  );

  describe(`${options.name} keeps the contract of an experiment source`, () => {
    let subject: ExperimentSourceSubject;
    beforeEach(async () => {
      subject = await options.create();
    });
    afterEach(() => subject.close());

    const current = () => subject;
    experimentScopesContract(tests, current);
    experimentChangesContract(tests, current);
    experimentEventsContract(tests, current);
    sourceFailuresContract(tests, () => {
      const { source, upstream } = subject;
      // One run over all calls: what was stored before a failure stays.
      const run = ExperimentRun.of(source);
      return {
        id: source.id,
        upstream,
        pageSize: upstream.pageSize,
        verify: signal => source.verify({ signal }),
        read: async signal => {
          await run.read({ signal });
          return [...run.stored.keys()];
        },
        add: async count => {
          const ids: string[] = [];
          for (let index = 0; index < count; index++) {
            ids.push(await upstream.start({ tags: {}, dryRun: false }));
          }
          return ids;
        },
        interrupted: async () => {
          const error = await run.read().catch(thrown => thrown);
          return { error, seen: [...run.stored.keys()], cursor: run.cursor };
        },
      };
    });
  });
}
