import type { ServiceFacet } from 'backstage-plugin-operational-excellence-common';
import type { OperationalExcellenceApi } from '../api';

/** The title of a value of a facet, where it is known. */
export type FacetTitles = (
  facet: ServiceFacet,
  value: string,
) => string | undefined;

/** Values by their facet. */
export type FacetChoice = Partial<Record<ServiceFacet, readonly string[]>>;

/** The facets whose values are entities; others are called what they are. */
const OF_ENTITIES = ['owner', 'system', 'domain'] as const;

/** More would make too long an address. */
const MAX_VALUES = 50;

/** The values whose titles have to be asked for, each once. */
export function untitled(chosen: FacetChoice): {
  facet: ServiceFacet[];
  including: string[];
} {
  const facet = OF_ENTITIES.filter(each => chosen[each]?.length);
  const including = new Set(facet.flatMap(each => chosen[each] ?? []));
  return { facet, including: [...including].sort() };
}

/** Asks for the titles of values; for none where none has a title of its own. */
export async function readFacetTitles(
  api: OperationalExcellenceApi,
  chosen: FacetChoice,
  options: { signal: AbortSignal },
): Promise<FacetTitles> {
  const { facet, including } = untitled(chosen);
  const parts: string[][] = [];
  for (let start = 0; start < including.length; start += MAX_VALUES) {
    parts.push(including.slice(start, start + MAX_VALUES));
  }
  const answers = await Promise.all(
    parts.map(part =>
      api.getServiceFacets({ facet, including: part, limit: 0 }, options),
    ),
  );
  const titles = new Map(
    answers.flatMap(answer =>
      facet.flatMap(each =>
        answer[each].map(
          ({ title, value }) => [`${each} ${value}`, title] as const,
        ),
      ),
    ),
  );
  return (each, value) => titles.get(`${each} ${value}`);
}
