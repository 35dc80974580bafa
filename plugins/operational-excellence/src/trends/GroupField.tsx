import { FacetField, FacetTitles, NONE_OF_IT } from '../facets';
import { useTexts } from '../translation';
import type { GroupDimension, TrendsView } from './trendsView';
import type { ChangeTrends } from './useTrendsView';

/** The group, found by typing or picked from a list. */
export const GroupField = (props: {
  id: string;
  by: GroupDimension;
  view: TrendsView;
  titleOf: FacetTitles;
  onChange: ChangeTrends;
}) => {
  const { by, id, onChange, titleOf, view } = props;
  const { t } = useTexts();
  return (
    <FacetField
      // What is typed for one kind of group is not meant for another.
      key={by}
      id={id}
      label={t(`trends.group.${by}`)}
      facet={by}
      none={t(`trends.without.${by}`)}
      titleOf={titleOf}
      value={view.without ? NONE_OF_IT : view.key ?? null}
      onChange={value =>
        onChange({
          key: value || undefined,
          without: value === NONE_OF_IT,
        })
      }
    />
  );
};
