import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import CloseIcon from '@material-ui/icons/Close';
import { operationalExcellenceApiRef } from '../api';
import { useLoadable } from '../loading';
import { useTexts } from '../translation';
import type { ScorecardView } from './scorecardView';

/** The initiative that services are part of, and a way to leave it out. */
export const InitiativeFilter = (props: {
  id: string;
  reached: ScorecardView['reached'];
  onRemove: () => void;
}) => {
  const { id, onRemove, reached } = props;
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const initiative = useLoadable(id, signal =>
    api.getInitiative(id, { signal }),
  );
  // The list says what is wrong with an initiative that cannot be read.
  const title = initiative.status === 'ready' ? initiative.value.title : id;
  return (
    <Button
      size="small"
      variant="outlined"
      title={t('scorecard.anyInitiative')}
      endIcon={<CloseIcon />}
      style={{ textTransform: 'none', overflowWrap: 'anywhere' }}
      onClick={onRemove}
    >
      {t('scorecard.ofInitiative', { title })}
      {reached && `, ${t(`scorecard.reached.${reached}`)}`}
    </Button>
  );
};
