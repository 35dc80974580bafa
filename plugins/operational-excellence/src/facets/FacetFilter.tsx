import type { ServiceFacet } from 'backstage-plugin-operational-excellence-common';
import type { OperationalExcellenceQuery } from '../api';
import type { FacetTitles } from './facetTitles';
import { MultipleChoice } from './MultipleChoice';
import { withNone } from './noneOfIt';
import { useFacetValues } from './useFacetValues';
import { useTyping } from './useTyping';

const ALL_SERVICES: OperationalExcellenceQuery = {};

/** Chooses among the values that services have, with how many have each. */
export const FacetFilter = (props: {
  label: string;
  facet: ServiceFacet;
  /** Leaves the services whose values are counted; all if left out. */
  filter?: OperationalExcellenceQuery;
  /** The title of the choice of what has none; `NONE_OF_IT` if chosen. */
  none?: string;
  /** Knows the titles of what was chosen elsewhere. */
  titleOf?: FacetTitles;
  value: readonly string[];
  onChange: (value: string[]) => void;
}) => {
  const { facet, filter = ALL_SERVICES, none, titleOf, ...others } = props;
  const typing = useTyping();
  const offer = useFacetValues(facet, filter, typing);
  return (
    <MultipleChoice
      {...others}
      typing={typing}
      offer={withNone(offer, none)}
      titleOf={titleOf && (value => titleOf(facet, value))}
    />
  );
};
