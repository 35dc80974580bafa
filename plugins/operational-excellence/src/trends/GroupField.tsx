import TextField from '@material-ui/core/TextField';
import Autocomplete, {
  createFilterOptions,
} from '@material-ui/lab/Autocomplete';
import type { ServiceFacets } from 'backstage-plugin-operational-excellence-common';
import { errorText } from '../feedback';
import type { Loadable } from '../loading';
import { useTexts } from '../translation';
import type { GroupDimension, TrendsView } from './trendsView';
import type { ChangeTrends } from './useTrendsView';

interface Option {
  /** `null`: the services that are in no group. */
  key: string | null;
  title: string;
  count?: number;
}

/** No more are drawn at once, for there may be thousands; who types finds all. */
const filterOptions = createFilterOptions<Option>({ limit: 100 });

/** The group, found by typing or picked from a list. */
export const GroupField = (props: {
  id: string;
  by: GroupDimension;
  view: TrendsView;
  groups: Loadable<ServiceFacets>;
  onChange: ChangeTrends;
}) => {
  const { by, groups, id, onChange, view } = props;
  const { t } = useTexts();
  const label = t(`trends.group.${by}`);
  const facet = groups.status === 'ready' ? groups.value[by] : [];
  const none: Option = { key: null, title: t(`trends.without.${by}`) };
  const known: Option[] = [
    ...facet.map(({ count, title, value }) => ({ key: value, title, count })),
    none,
  ];
  const chosen = () => {
    if (view.without) return none;
    if (view.key === undefined) return null;
    // A group of a shared address need not be among them.
    return (
      known.find(({ key }) => key === view.key) ?? {
        key: view.key,
        title: view.key,
      }
    );
  };
  const value = chosen();
  return (
    <Autocomplete
      id={id}
      size="small"
      loading={groups.status === 'loading'}
      options={value && !known.includes(value) ? [...known, value] : known}
      value={value}
      filterOptions={filterOptions}
      noOptionsText={t('scorecard.noOptions')}
      loadingText={t('scorecard.loadingOptions')}
      clearText={t('scorecard.clearFilter', { filter: label })}
      openText={t('scorecard.showOptions', { filter: label })}
      closeText={t('scorecard.hideOptions', { filter: label })}
      getOptionLabel={({ title }) => title}
      getOptionSelected={(option, other) => option.key === other.key}
      renderOption={({ count, title }) =>
        count === undefined ? title : `${title} (${count.toLocaleString()})`
      }
      onChange={(_, option) =>
        onChange({
          key: option?.key ?? undefined,
          without: option !== null && option.key === null,
        })
      }
      renderInput={params => (
        <TextField
          {...params}
          variant="outlined"
          label={label}
          error={groups.status === 'failed'}
          helperText={
            groups.status === 'failed' ? errorText(groups.error) : undefined
          }
        />
      )}
    />
  );
};
