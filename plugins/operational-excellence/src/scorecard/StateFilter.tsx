import { useApi } from '@backstage/frontend-plugin-api';
import {
  MEASURE_STATES,
  type MeasureState,
} from 'backstage-plugin-operational-excellence-common';
import {
  operationalExcellenceApiRef,
  type OperationalExcellenceQuery,
} from '../api';
import { MultipleChoice, Offer, useTyping } from '../facets';
import { isFailed, useLoadable } from '../loading';
import { useTexts } from '../translation';

/** Chooses among the states, with how many services are in each. */
export const StateFilter = (props: {
  /** Leaves the services that are counted. */
  filter: OperationalExcellenceQuery;
  value: readonly MeasureState[];
  onChange: (value: MeasureState[]) => void;
}) => {
  const { filter, onChange, value } = props;
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const typing = useTyping();
  const query = { ...filter, limit: 0 };
  const counts = useLoadable(
    typing.isOpen ? JSON.stringify(query) : undefined,
    async signal => (await api.getServiceFacets(query, { signal })).state,
  );
  const offer = (): Offer => {
    const choices = MEASURE_STATES.map(state => ({
      value: state,
      title: t(`state.${state}`),
    }));
    if (isFailed(counts)) return { status: 'failed', failure: counts, choices };
    if (counts.status === 'loading') return { status: 'loading', choices };
    return {
      status: 'all',
      choices: choices.map(choice => ({
        ...choice,
        count:
          counts.value.find(({ state }) => state === choice.value)?.count ?? 0,
      })),
    };
  };
  return (
    <MultipleChoice
      label={t('scorecard.state')}
      offer={offer()}
      typing={typing}
      value={value}
      onChange={chosen =>
        onChange(MEASURE_STATES.filter(state => chosen.includes(state)))
      }
    />
  );
};
