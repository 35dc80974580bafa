import { FileTicketRequest } from '../../sources';
import { UpstreamError } from '../../upstream';
import { ContractTests, provided } from './capabilities';
import { expectWebAddress } from './expectations';
import { errorOf, expectUpstreamError } from './failures';
import { stored, TicketRun } from './TicketRun';
import type { TicketSourceSubject } from './ticketSourceContract';
import { TicketCapability } from './TicketUpstreamDriver';

const KEY = '0b0f4c63-5f0a-4d0c-9a6e-3f5d1c2b7a90';
const OTHER_KEY = '7d9c2a11-94c1-4f6e-8e1b-6a2f0c3d4e5f';

/** What `file` and `findFiled` do. */
export function ticketFilingContract(
  tests: ContractTests<TicketCapability>,
  current: () => TicketSourceSubject,
): void {
  const begin = () => {
    const subject = current();
    const run = TicketRun.of(subject);
    const { source, upstream } = subject;
    const signal = new AbortController().signal;
    const request = (title: string, description = 'So that it is safe.') =>
      ({
        ...provided(upstream.fileRequest, 'fileRequest'),
        entityRef: upstream.service.entityRef,
        title,
        description,
      } satisfies FileTicketRequest);
    return {
      ...subject,
      run,
      request,
      file: (filed: FileTicketRequest, idempotencyKey: string) =>
        source.file!(filed, { idempotencyKey, signal }),
      find: (idempotencyKey: string) =>
        source.findFiled!(idempotencyKey, run.scope, { signal }),
    };
  };

  describe('filing', () => {
    tests.test(
      'creates one ticket, and finds it again by its key',
      { needs: ['file'] },
      async () => {
        const { run, request, file, find } = begin();
        const title = 'Rehearse the "failover" of <payments> & co. – twice';
        const filed = await file(request(title), KEY);
        expect(filed.key).not.toBe('');
        if (filed.url !== null) expectWebAddress(filed.url);
        expect(await find(KEY)).toEqual(filed);
        const tickets = stored(await run.pages());
        expect([...tickets.keys()]).toEqual([filed.externalId]);
        expect(tickets.get(filed.externalId)).toMatchObject({
          key: filed.key,
          title,
          state: 'open',
          improvement: true,
        });
      },
    );

    tests.test(
      'finds nothing by a key under which nothing was filed',
      { needs: ['file'] },
      async () => {
        const { request, file, find } = begin();
        expect(await find(KEY)).toBeUndefined();
        // A mention of a key is not its marker.
        await file(request('Tidy up', `As asked for in ${OTHER_KEY}`), KEY);
        expect(await find(OTHER_KEY)).toBeUndefined();
      },
    );

    tests.test(
      'says that a ticket may exist when its answer was lost, and finds it',
      { needs: ['file', 'lostAnswers'] },
      async () => {
        const { source, upstream, run, request, file, find } = begin();
        await provided(
          upstream.loseNextAnswer?.bind(upstream),
          'loseNextAnswer',
        )();
        const error = await errorOf(() => file(request('Only once'), KEY));
        expectUpstreamError(error, {
          kinds: ['unavailable', 'timeout', 'invalid-response'],
          source: source.id,
          secrets: upstream.secrets,
        });
        expect(error.mayHaveHappened).toBe(true);

        const tickets = stored(await run.pages());
        expect([...tickets.values()].map(ticket => ticket.title)).toEqual([
          'Only once',
        ]);
        expect((await find(KEY))?.externalId).toBe([...tickets.keys()][0]);
      },
    );

    tests.test(
      'says that no ticket exists when it was refused',
      { needs: ['file', 'failure:unauthorized'] },
      async () => {
        const { upstream, run, request, file, find } = begin();
        await upstream.fail('unauthorized');
        const error = await errorOf(() => file(request('Refused'), KEY));
        expect(error).toBeInstanceOf(UpstreamError);
        expect(error).toMatchObject({
          kind: 'unauthorized',
          mayHaveHappened: false,
        });
        await upstream.heal();
        expect(await find(KEY)).toBeUndefined();
        expect(stored(await run.pages()).size).toBe(0);
      },
    );
  });
}
