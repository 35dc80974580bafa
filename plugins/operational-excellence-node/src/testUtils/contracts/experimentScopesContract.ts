import { MalformedAnnotationError } from '../../sources';
import { ContractTests, provided } from './capabilities';
import { expectWebAddress } from './expectations';
import type { ExperimentSourceSubject } from './experimentSourceContract';
import { ExperimentCapability } from './ExperimentUpstreamDriver';

/** Which scopes there are, and how services name their experiments. */
export function experimentScopesContract(
  tests: ContractTests<ExperimentCapability>,
  current: () => ExperimentSourceSubject,
): void {
  describe('scopes and annotations', () => {
    tests.test('names itself and its scopes, always the same', async () => {
      const { source } = current();
      expect(source.id).not.toBe('');
      expect(source.title).not.toBe('');
      const scopes = source.scopes();
      expect(scopes.length).toBeGreaterThan(0);
      expect(source.scopes()).toEqual(scopes);
      expect(new Set(scopes.map(scope => scope.key)).size).toBe(scopes.length);
      for (const scope of scopes) {
        expect(scope.key).not.toBe('');
        expect(scope.title).not.toBe('');
        if (scope.url !== undefined) expectWebAddress(scope.url);
      }
    });

    tests.test('tells which experiments exercise a service', async () => {
      const { source, upstream } = current();
      const matcher = source.matcherFor(upstream.service)!;
      expect(
        matcher.templateIds.length + matcher.tagSelectors.length,
      ).toBeGreaterThan(0);
      // A selector without tags would match every experiment.
      for (const selector of matcher.tagSelectors) {
        expect(Object.keys(selector)).not.toEqual([]);
      }
      const read = Object.entries(upstream.service.annotations).filter(
        ([key]) => source.annotations.includes(key),
      );
      expect(
        source.matcherFor({
          ...upstream.service,
          annotations: Object.fromEntries(read),
        }),
      ).toEqual(matcher);
    });

    tests.test('knows of none where the service names none', async () => {
      const { source } = current();
      expect(
        source.matcherFor({
          entityRef: 'component:default/other',
          title: 'Other',
          annotations: {},
        }),
      ).toBeUndefined();
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
            source.matcherFor({ ...upstream.service, annotations });
          expect(attempt).toThrow(MalformedAnnotationError);
          expect(attempt).toThrow(/; expected ./);
        }
      },
    );
  });
}
