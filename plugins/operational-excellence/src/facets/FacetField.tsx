import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';
import type { ServiceFacet } from 'backstage-plugin-operational-excellence-common';
import type { FacetTitles } from './facetTitles';
import { withNone } from './noneOfIt';
import { useChoiceList } from './useChoiceList';
import { useFacetValues } from './useFacetValues';
import { useTyping } from './useTyping';

const ALL_SERVICES = {};

/** Chooses one of the values that services have. */
export const FacetField = (props: {
  id: string;
  label: string;
  facet: ServiceFacet;
  /** The title of the choice of what has none; `NONE_OF_IT` if chosen. */
  none: string;
  /** Knows the title of what was chosen elsewhere. */
  titleOf: FacetTitles;
  value: string | null;
  onChange: (value: string | null) => void;
}) => {
  const { facet, id, label, none, onChange, titleOf, value } = props;
  const typing = useTyping();
  const offer = useFacetValues(facet, ALL_SERVICES, typing);
  const { list, titled } = useChoiceList({
    label,
    typing,
    offer: withNone(offer, none),
    chosen: value === null ? [] : [value],
    titleOf: each => titleOf(facet, each),
  });
  return (
    <Autocomplete
      {...list}
      id={id}
      value={value}
      inputValue={typing.text ?? (value === null ? '' : titled(value))}
      onChange={(_, next) => onChange(next)}
      renderInput={params => (
        <TextField {...params} variant="outlined" label={label} />
      )}
    />
  );
};
