import { setTimeout as sleep } from 'node:timers/promises';
import { ContractTests } from './capabilities';
import { expectSameMembers } from './expectations';
import {
  errorOf,
  EXPECTED_KINDS,
  expectAbortError,
  expectUpstreamError,
  FailingUpstream,
  UPSTREAM_FAILURES,
  UpstreamFailure,
} from './failures';

/** How long a source may take to stop, and to notice that its upstream is back. */
const STOPS_WITHIN_MS = 2_000;
const RECOVERS_WITHIN_MS = 5_000;

/** What the failures of a source of any kind are tested with. */
export interface FailureSubject {
  id: string;
  upstream: FailingUpstream;
  pageSize: number;
  verify(signal: AbortSignal): Promise<void>;
  /** A whole run; the external ids of what it gave. */
  read(signal: AbortSignal, cursor?: string): Promise<string[]>;
  /** Adds rows upstream; their external ids. */
  add(count: number): Promise<string[]>;
  /** A run that is expected to fail on its way. */
  interrupted(): Promise<{ error: unknown; seen: string[]; cursor?: string }>;
}

/** What a source does when its upstream fails, or when it is told to stop. */
export function sourceFailuresContract<Capability extends string>(
  tests: ContractTests<Capability | 'failLater' | `failure:${UpstreamFailure}`>,
  current: () => FailureSubject,
): void {
  const never = new AbortController().signal;

  /** As the backend reads after a start or a failure. */
  async function verifiedRead(subject: FailureSubject) {
    await subject.verify(never);
    return subject.read(never);
  }

  describe('failures', () => {
    for (const failure of UPSTREAM_FAILURES) {
      tests.test(
        `reports ${failure} as what it is, and recovers`,
        { needs: [`failure:${failure}`] },
        async () => {
          const subject = current();
          const { id, upstream } = subject;
          const added = await subject.add(2);
          const expected = {
            kinds: EXPECTED_KINDS[failure],
            source: id,
            secrets: upstream.secrets,
          };
          await upstream.fail(failure);
          expectUpstreamError(
            await errorOf(() => verifiedRead(subject)),
            expected,
          );
          // What only shows when credentials are proven cannot show here.
          if (failure !== 'empty-without-rights') {
            // A circuit breaker may have opened by now.
            expectUpstreamError(await errorOf(() => subject.read(never)), {
              ...expected,
              kinds: [...expected.kinds, 'unavailable'],
            });
          }
          await upstream.heal();
          expectSameMembers(
            await eventually(() => verifiedRead(subject)),
            added,
          );
        },
      );
    }

    tests.test(
      'loses nothing when the upstream fails between pages',
      { needs: ['failLater', 'failure:down'] },
      async () => {
        const subject = current();
        const added = await subject.add(subject.pageSize * 2 + 1);
        // Counted after verify and the like, which belong to another run.
        await subject.upstream.fail('down', { afterRequests: 1 });
        const { error, seen, cursor } = await subject.interrupted();
        expectUpstreamError(error, {
          kinds: ['unavailable'],
          source: subject.id,
          secrets: subject.upstream.secrets,
        });
        await subject.upstream.heal();
        const rest = await eventually(() => subject.read(never, cursor));
        expectSameMembers([...new Set([...seen, ...rest])], added);
      },
    );
  });

  describe('abort', () => {
    tests.test('does nothing when it is aborted before it begins', async () => {
      const subject = current();
      await subject.add(1);
      const before = subject.upstream.requests();
      const aborted = AbortSignal.abort();
      expectAbortError(await errorOf(() => subject.read(aborted)));
      expect(subject.upstream.requests()).toBe(before);
    });

    tests.test(
      'stops waiting for an answer when it is aborted',
      { needs: ['failure:silent'] },
      async () => {
        const subject = current();
        await subject.upstream.fail('silent');
        for (const wait of [subject.verify, subject.read]) {
          const controller = new AbortController();
          const before = subject.upstream.requests();
          const ended = errorOf(() => wait(controller.signal));
          await hasReceived(subject.upstream, before + 1);
          const abortedAt = performance.now();
          controller.abort();
          expectAbortError(await ended);
          expect(performance.now() - abortedAt).toBeLessThan(STOPS_WITHIN_MS);
        }
      },
    );
  });
}

/** Waits until the upstream has received so many requests. */
async function hasReceived(upstream: FailingUpstream, requests: number) {
  const until = Date.now() + RECOVERS_WITHIN_MS;
  while (upstream.requests() < requests) {
    if (Date.now() > until) throw new Error('The source asks nothing');
    await sleep(5);
  }
}

/** Tries until it succeeds; circuit breakers and rate limits take a moment. */
async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  const until = Date.now() + RECOVERS_WITHIN_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > until) throw error;
      await sleep(50);
    }
  }
}
