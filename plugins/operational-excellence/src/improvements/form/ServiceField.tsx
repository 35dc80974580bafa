import { useApi } from '@backstage/frontend-plugin-api';
import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import { operationalExcellenceApiRef } from '../../api';
import { errorText } from '../../feedback';
import { useLoadable } from '../../loading';
import { SEARCH_MAX_LENGTH } from '../../search';
import { useTexts } from '../../translation';
import type { ImprovementService } from '../ImprovementService';

const TYPING_PAUSE_MS = 300;
const SHOWN = 20;

/** Chooses the service, among those whose names hold what is typed. */
export const ServiceField = (props: {
  value: ImprovementService | undefined;
  onChange: (service: ImprovementService | undefined) => void;
}) => {
  const { onChange, value } = props;
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const label = t('improvement.service');
  const [typed, setTyped] = useState('');
  const [q, setQ] = useState('');
  useDebounce(() => setQ(typed), TYPING_PAUSE_MS, [typed]);
  const query = { q, sort: 'title', limit: SHOWN };
  const services = useLoadable(JSON.stringify(query), signal =>
    api.getServices(query, { signal }),
  );
  const found = services.status === 'ready' ? services.value.items : [];
  const isLoading =
    typed !== q ||
    services.status === 'loading' ||
    (services.status === 'ready' && services.refreshing);

  const problem = () => {
    if (services.status === 'failed') return errorText(services.error);
    if (services.status === 'forbidden') return t('feedback.forbiddenTitle');
    return undefined;
  };
  const failure = problem();

  return (
    <Autocomplete
      id="operational-excellence-improvement-service"
      size="small"
      options={found.map(({ entityRef, ownerTitle, title }) => ({
        entityRef,
        title,
        ownerTitle,
      }))}
      value={value ?? null}
      // The backend has filtered already, and knows more than the title.
      filterOptions={options => options}
      loading={isLoading}
      noOptionsText={t('improvement.noService')}
      loadingText={t('improvement.loadingServices')}
      clearText={t('scorecard.clearFilter', { filter: label })}
      openText={t('scorecard.showOptions', { filter: label })}
      closeText={t('scorecard.hideOptions', { filter: label })}
      getOptionLabel={option => option.title}
      getOptionSelected={(option, chosen) =>
        option.entityRef === chosen.entityRef
      }
      renderOption={option => (
        <span style={{ overflowWrap: 'anywhere' }}>
          {option.title} <small>{option.entityRef}</small>
        </span>
      )}
      onChange={(_, chosen) => onChange(chosen ?? undefined)}
      onInputChange={(_, text, reason) => {
        // What is chosen need not be searched for.
        setTyped(reason === 'input' ? text.slice(0, SEARCH_MAX_LENGTH) : '');
      }}
      renderInput={params => (
        <TextField
          {...params}
          variant="outlined"
          label={label}
          required
          error={failure !== undefined}
          helperText={failure}
        />
      )}
    />
  );
};
