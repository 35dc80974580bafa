import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { useTexts } from '../../translation';

/** Chooses among a few values. */
export const ValuesFilter = <Value extends string>(props: {
  label: string;
  options: { value: Value; title: string }[];
  value: Value[];
  onChange: (value: Value[]) => void;
}) => {
  const { label, onChange, options, value } = props;
  const { t } = useTexts();
  // A value of a shared URL need not be among the options.
  const chosen = value.map(
    each =>
      options.find(option => option.value === each) ?? {
        value: each,
        title: each,
      },
  );
  return (
    <Autocomplete
      multiple
      size="small"
      limitTags={1}
      disableCloseOnSelect
      options={[
        ...options,
        ...chosen.filter(option => !options.includes(option)),
      ]}
      value={chosen}
      noOptionsText={t('scorecard.noOptions')}
      clearText={t('scorecard.clearFilter', { filter: label })}
      openText={t('scorecard.showOptions', { filter: label })}
      closeText={t('scorecard.hideOptions', { filter: label })}
      getOptionLabel={option => option.title}
      getOptionSelected={(option, other) => option.value === other.value}
      onChange={(_, selected) => onChange(selected.map(each => each.value))}
      renderInput={params => (
        <TextField {...params} variant="outlined" label={label} />
      )}
    />
  );
};
