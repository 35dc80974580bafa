import { useApi } from '@backstage/frontend-plugin-api';
import type { ServiceFacet } from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import {
  operationalExcellenceApiRef,
  type OperationalExcellenceQuery,
} from '../api';
import { isFailed, useLoadable } from '../loading';
import type { Choice, Offer } from './Offer';
import type { Typing } from './useTyping';

const PAUSE_MS = 150;

/** What the backend listed. */
interface Answer {
  choices: Choice[];
  hasMore: boolean;
  /** The text that they were found by. */
  find: string | undefined;
}

/** Reads the values of a facet, where that is wanted. */
function useAnswer(
  isWanted: boolean,
  facet: ServiceFacet,
  filter: OperationalExcellenceQuery,
  find?: string,
) {
  const api = useApi(operationalExcellenceApiRef);
  const query = { ...filter, facet, ...(find !== undefined && { find }) };
  return useLoadable<Answer>(
    isWanted ? JSON.stringify(query) : undefined,
    async signal => {
      const answer = await api.getServiceFacets(query, { signal });
      return {
        choices: answer[facet],
        hasMore: answer.more.includes(facet),
        find,
      };
    },
  );
}

/**
 * The values of a facet, read once somebody wants to choose one. Where there are
 * more than the backend lists, it is asked for those with what is typed.
 *
 * @param filter - leaves the services whose values are counted
 */
export function useFacetValues(
  facet: ServiceFacet,
  filter: OperationalExcellenceQuery,
  typing: Pick<Typing, 'isOpen' | 'text'>,
): Offer {
  const { isOpen, text } = typing;
  const wanted = text?.trim() ?? '';
  const [find, setFind] = useState('');
  useDebounce(() => setFind(wanted), wanted ? PAUSE_MS : 0, [wanted]);

  const first = useAnswer(isOpen, facet, filter);
  const hasMore = first.status === 'ready' && first.value.hasMore;
  const isSearched = isOpen && hasMore && wanted !== '' && find !== '';
  const found = useAnswer(isSearched, facet, filter, find);

  if (isFailed(first)) return { status: 'failed', failure: first, choices: [] };
  if (first.status === 'loading') return { status: 'loading', choices: [] };
  const { choices } = first.value;
  if (!hasMore) return { status: 'all', choices };
  if (!wanted) return { status: 'some', choices };

  if (isFailed(found)) return { status: 'failed', failure: found, choices };
  // What is known already helps until what was typed is found.
  if (found.status === 'loading') return { status: 'loading', choices };
  if (found.value.find !== wanted) {
    return { status: 'loading', choices: found.value.choices };
  }
  return {
    status: found.value.hasMore ? 'some' : 'all',
    choices: found.value.choices,
    foundBy: wanted,
  };
}
