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
import { fieldId, PlanFieldsProps } from './PlanFields';
import { useProblemText } from './useProblemText';

const TYPING_PAUSE_MS = 300;
const SHOWN = 20;

/** Chooses services, among those whose names hold what is typed. */
export const ServicesField = (props: PlanFieldsProps) => {
  const { draft, onChange, problems } = props;
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const problemText = useProblemText();
  const label = t('exercises.field.services');
  const [typed, setTyped] = useState('');
  const [q, setQ] = useState('');
  useDebounce(() => setQ(typed.trim()), TYPING_PAUSE_MS, [typed]);
  const query = { q, sort: 'title', limit: SHOWN };
  const services = useLoadable(JSON.stringify(query), signal =>
    api.getServices(query, { signal }),
  );
  const found = services.status === 'ready' ? services.value.items : [];
  const options = found.map(({ entityRef, title }) => ({ entityRef, title }));
  const isLoading =
    typed.trim() !== q ||
    services.status === 'loading' ||
    (services.status === 'ready' && services.refreshing);

  const failure = () => {
    if (services.status === 'failed') return errorText(services.error);
    if (services.status === 'forbidden') return t('feedback.forbiddenTitle');
    return undefined;
  };
  const problem = problemText(problems.services) ?? failure();

  return (
    <Autocomplete
      id={fieldId('services')}
      multiple
      size="small"
      filterSelectedOptions
      options={[
        ...options,
        // What is chosen need not be among those that are found.
        ...draft.services.filter(
          ({ entityRef }) =>
            !options.some(option => option.entityRef === entityRef),
        ),
      ]}
      value={draft.services}
      inputValue={typed}
      // The backend has filtered already, and knows more than the title.
      filterOptions={all =>
        all.filter(
          ({ entityRef }) =>
            !draft.services.some(chosen => chosen.entityRef === entityRef),
        )
      }
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
      onChange={(_, chosen) => onChange({ services: chosen })}
      onInputChange={(_, text, reason) => {
        if (reason !== 'reset' || text === '') {
          setTyped(text.slice(0, SEARCH_MAX_LENGTH));
        }
      }}
      renderInput={params => (
        <TextField
          {...params}
          variant="outlined"
          label={label}
          required
          error={problem !== undefined}
          helperText={problem}
        />
      )}
    />
  );
};
