import { HintedExperiments } from '../../sources';
import { ContractTests, provided } from './capabilities';
import { eventsContract, refsOf } from './events';
import { ExperimentRun } from './ExperimentRun';
import type { ExperimentSourceSubject } from './experimentSourceContract';
import { ExperimentCapability } from './ExperimentUpstreamDriver';
import { expectSameMembers } from './expectations';
import { errorOf, expectAbortError, expectUpstreamError } from './failures';

/** What `events` and `readHinted` do. */
export function experimentEventsContract(
  tests: ContractTests<ExperimentCapability>,
  current: () => ExperimentSourceSubject,
): void {
  const begin = () => {
    const subject = current();
    const { source, upstream } = subject;
    const [scope] = source.scopes();
    return {
      source,
      upstream,
      run: ExperimentRun.of(source),
      refs: (...externalIds: string[]) =>
        refsOf(subject, externalIds, scope.key),
      readHinted: async (
        refs: string[],
        signal = new AbortController().signal,
      ) => {
        provided(source.readHinted, 'source.readHinted');
        const pieces: HintedExperiments[] = [];
        for await (const piece of source.readHinted!(scope, { refs, signal })) {
          pieces.push(piece);
        }
        return pieces;
      },
    };
  };

  describe('events', () => {
    eventsContract(tests, current);

    tests.test(
      'lead to the experiment as it is now, and to no other',
      { needs: ['events', 'hintedReads'] },
      async () => {
        const { upstream, run, refs, readHinted } = begin();
        const id = await upstream.start({
          tags: { team: 'payments' },
          dryRun: false,
        });
        await upstream.start({ tags: {}, dryRun: false });
        const hinted = await refs(id);
        // What happens after the event was sent counts as well.
        await upstream.end(id, 'completed');
        const experiments = experimentsOf(await readHinted(hinted));
        expect(experiments).toMatchObject([
          { externalId: id, state: 'completed' },
        ]);
        await run.read();
        expect(experiments[0]).toEqual(run.stored.get(id));
      },
    );

    tests.test(
      'lead to many experiments, each once, and tell the requests it took',
      { needs: ['events', 'hintedReads'] },
      async () => {
        const { upstream, refs, readHinted } = begin();
        const ids: string[] = [];
        for (let count = 0; count < 3; count++) {
          ids.push(await upstream.start({ tags: {}, dryRun: false }));
          await upstream.end(ids[count], 'completed');
        }
        const hinted = await refs(...ids);
        const before = upstream.requests();
        const pieces = await readHinted(hinted);
        expect(pieces.reduce((sum, piece) => sum + piece.requests, 0)).toBe(
          upstream.requests() - before,
        );
        expectSameMembers(
          experimentsOf(pieces).map(({ externalId }) => externalId),
          ids,
        );
      },
    );

    tests.test(
      'lead past what the upstream has forgotten',
      { needs: ['events', 'hintedReads', 'forget'] },
      async () => {
        const { upstream, refs, readHinted } = begin();
        const forgotten = await upstream.start({ tags: {}, dryRun: false });
        const left = await upstream.start({ tags: {}, dryRun: false });
        const hinted = await refs(forgotten, left);
        await upstream.end(forgotten, 'completed');
        await provided(upstream.forget?.bind(upstream), 'forget')(forgotten);
        const experiments = experimentsOf(await readHinted(hinted));
        expect(experiments.map(({ externalId }) => externalId)).toEqual([left]);
      },
    );

    tests.test(
      'fail to lead to an experiment while the upstream is down',
      { needs: ['events', 'hintedReads', 'failure:down'] },
      async () => {
        const { source, upstream, refs, readHinted } = begin();
        const hinted = await refs(
          await upstream.start({ tags: {}, dryRun: false }),
        );
        await upstream.fail('down');
        expectUpstreamError(await errorOf(() => readHinted(hinted)), {
          kinds: ['unavailable'],
          source: source.id,
          secrets: upstream.secrets,
        });
      },
    );

    tests.test(
      'lead to nothing once the read is stopped',
      { needs: ['events', 'hintedReads'] },
      async () => {
        const { upstream, refs, readHinted } = begin();
        const hinted = await refs(
          await upstream.start({ tags: {}, dryRun: false }),
        );
        const error = await errorOf(() =>
          readHinted(hinted, AbortSignal.abort()),
        );
        expectAbortError(error);
      },
    );
  });
}

function experimentsOf(pieces: HintedExperiments[]) {
  return pieces.flatMap(piece => piece.experiments);
}
