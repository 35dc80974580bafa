import { MalformedAnnotationError } from '../../sources';
import { ContractTests, provided } from './capabilities';
import { expectWebAddress } from './expectations';
import type { TicketSourceSubject } from './ticketSourceContract';
import { TicketCapability } from './TicketUpstreamDriver';

/** How services name their scopes. */
export function ticketAnnotationsContract(
  tests: ContractTests<TicketCapability>,
  current: () => TicketSourceSubject,
): void {
  describe('annotations', () => {
    tests.test('names what it reads of a service', async () => {
      const { source, upstream } = current();
      expect(source.id).not.toBe('');
      expect(source.title).not.toBe('');
      const read = Object.keys(upstream.service.annotations).filter(key =>
        source.annotations.includes(key),
      );
      expect(read).not.toEqual([]);
      const onlyRead = Object.fromEntries(
        read.map(key => [key, upstream.service.annotations[key]]),
      );
      expect(
        source.scopesFor({ ...upstream.service, annotations: onlyRead }),
      ).toEqual(source.scopesFor(upstream.service));
    });

    tests.test('gives the same scopes for the same service', async () => {
      const { source, upstream } = current();
      const scopes = source.scopesFor(upstream.service);
      expect(scopes.length).toBeGreaterThan(0);
      expect(source.scopesFor(upstream.service)).toEqual(scopes);
      for (const scope of scopes) {
        expect(scope.key).not.toBe('');
        expect(scope.title).not.toBe('');
        expect(scope.matcher.container).not.toBe('');
        if (scope.url !== undefined) expectWebAddress(scope.url);
      }
      const identities = scopes.map(({ key, matcher }) =>
        JSON.stringify([key, matcher]),
      );
      expect(new Set(identities).size).toBe(identities.length);
    });

    tests.test('gives no scope where the service names none', async () => {
      const { source } = current();
      const scopes = source.scopesFor({
        entityRef: 'component:default/other',
        title: 'Other',
        annotations: {},
      });
      expect(scopes.filter(scope => !scope.implicit)).toEqual([]);
    });

    tests.test(
      'refuses annotations that it cannot read, and says what it expected',
      { needs: ['malformedAnnotations'] },
      async () => {
        const { source, upstream } = current();
        const malformed = provided(
          upstream.malformedAnnotations,
          'malformedAnnotations',
        );
        expect(malformed.length).toBeGreaterThan(0);
        for (const annotations of malformed) {
          const attempt = () =>
            source.scopesFor({ ...upstream.service, annotations });
          expect(attempt).toThrow(MalformedAnnotationError);
          expect(attempt).toThrow(/; expected ./);
        }
      },
    );
  });
}
