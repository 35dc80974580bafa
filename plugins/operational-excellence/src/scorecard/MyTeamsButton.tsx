import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import { useLoadable } from '../loading';
import { useTexts } from '../translation';
import { ScorecardView } from './scorecardView';

/** Narrows the list to what the reader's own groups own. */
export const MyTeamsButton = (props: {
  view: ScorecardView;
  onChange: (change: Partial<ScorecardView>) => void;
}) => {
  const { view, onChange } = props;
  const { t } = useTexts();
  const identityApi = useApi(identityApiRef);
  const identity = useLoadable('identity', () =>
    identityApi.getBackstageIdentity(),
  );
  if (identity.status !== 'ready') return null;

  const { ownershipEntityRefs } = identity.value;
  if (!ownershipEntityRefs.length) return null;
  const active =
    ownershipEntityRefs.length === view.filters.owner.length &&
    ownershipEntityRefs.every(ref => view.filters.owner.includes(ref));
  return (
    <Button
      size="small"
      variant={active ? 'contained' : 'outlined'}
      color="primary"
      aria-pressed={active}
      onClick={() =>
        onChange({
          filters: {
            ...view.filters,
            owner: active ? [] : ownershipEntityRefs,
          },
        })
      }
    >
      {t('scorecard.myTeams')}
    </Button>
  );
};
