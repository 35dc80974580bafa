import { useApi } from '@backstage/frontend-plugin-api';
import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { operationalExcellenceApiRef } from '../../api';
import {
  ChosenEnvironment,
  EnvironmentSelect,
} from '../../environments/EnvironmentSelect';
import { useAct } from '../../exercises/useAct';
import { errorText } from '../../feedback';
import { announceServiceChange } from '../../improvements';
import { useMayFile } from '../../improvements/useMayFile';
import { useTexts } from '../../translation';

/** In which environment an improvement is tried; saved as soon as it is chosen. */
export const TriedIn = (props: { improvement: Improvement }) => {
  const { entityRef, environment, id } = props.improvement;
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const allowance = useMayFile(entityRef);
  const [acting, act] = useAct();
  const [chosen, setChosen] = useState<ChosenEnvironment | null>(environment);

  const choose = (next: ChosenEnvironment | null) =>
    act(async () => {
      await api.chooseEnvironment(id, next?.id ?? null);
      setChosen(next);
      announceServiceChange(entityRef);
    });
  const hint = () => {
    if (acting.status === 'failed') {
      return t('environments.notChosen', {
        message: errorText(acting.error),
      });
    }
    return allowance.isAllowed ? undefined : allowance.denial;
  };
  return (
    <EnvironmentSelect
      id={`operational-excellence-tried-in-${id}`}
      label={t('environments.triedIn')}
      value={chosen}
      disabled={!allowance.isAllowed || acting.status === 'sending'}
      hint={hint()}
      hasFailed={acting.status === 'failed'}
      onChange={choose}
    />
  );
};
