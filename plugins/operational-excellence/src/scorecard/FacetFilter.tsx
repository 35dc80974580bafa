import TextField from '@material-ui/core/TextField';
import Autocomplete, {
  createFilterOptions,
} from '@material-ui/lab/Autocomplete';
import type { ServiceFacets } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../translation';

type Facet = ServiceFacets['owner'][number];

/** A value that is not counted is one that says something else of services. */
type Option = Pick<Facet, 'value' | 'title'> & { count?: number };

/** More than that nobody reads; typing finds the others. */
const filterOptions = createFilterOptions<Option>({ limit: 200 });

/** Chooses among the values that services have, with how many have each. */
export const FacetFilter = (props: {
  label: string;
  options: Option[] | undefined;
  value: string[];
  onChange: (value: string[]) => void;
}) => {
  const { label, options = [], value, onChange } = props;
  const { t } = useTexts();
  // A value of a shared URL need not be among the options.
  const selected = value.map(
    each =>
      options.find(option => option.value === each) ?? {
        value: each,
        title: each,
        count: 0,
      },
  );
  return (
    <Autocomplete
      multiple
      size="small"
      limitTags={1}
      disableCloseOnSelect
      loading={props.options === undefined}
      options={[
        ...options,
        ...selected.filter(chosen => !options.includes(chosen)),
      ]}
      filterOptions={filterOptions}
      value={selected}
      noOptionsText={t('scorecard.noOptions')}
      loadingText={t('scorecard.loadingOptions')}
      clearText={t('scorecard.clearFilter', { filter: label })}
      openText={t('scorecard.showOptions', { filter: label })}
      closeText={t('scorecard.hideOptions', { filter: label })}
      getOptionLabel={option => option.title}
      getOptionSelected={(option, chosen) => option.value === chosen.value}
      renderOption={({ count, title }) =>
        count === undefined ? title : `${title} (${count})`
      }
      onChange={(_, chosen) => onChange(chosen.map(each => each.value))}
      renderInput={params => (
        <TextField {...params} variant="outlined" label={label} />
      )}
    />
  );
};
