import { useApi } from '@backstage/frontend-plugin-api';
import type { EnvironmentItem } from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../api';
import { ActDialog } from '../exercises/ActDialog';
import { useAct } from '../exercises/useAct';
import { useTexts } from '../translation';

/** Asks whether an environment is removed; it is open while mounted. */
export const RemovalDialog = (props: {
  environment: EnvironmentItem;
  onSaved: () => void;
  onClose: () => void;
}) => {
  const { environment, onClose, onSaved } = props;
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const [acting, act] = useAct();
  return (
    <ActDialog
      id="operational-excellence-environment-removal"
      title={t('environments.removal.title', { title: environment.title })}
      about={t('environments.removal.about')}
      submit={t('environments.removal.submit')}
      acting={acting}
      onSubmit={() =>
        act(async () => {
          await api.removeEnvironment(environment.name);
          onSaved();
        })
      }
      onClose={onClose}
    />
  );
};
