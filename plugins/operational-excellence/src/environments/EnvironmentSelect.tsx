import { useApi } from '@backstage/frontend-plugin-api';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { operationalExcellenceApiRef } from '../api';
import { errorText } from '../feedback';
import { useLoadable } from '../loading';
import { useTexts } from '../translation';

const SHOWN = 200;
const NONE = '';

/** An environment, as far as what is tried in it has to know it. */
export interface ChosenEnvironment {
  id: string;
  title: string;
}

/** Chooses an environment, of those that there are. */
export const EnvironmentSelect = (props: {
  id: string;
  label: string;
  value: ChosenEnvironment | null;
  disabled?: boolean;
  /** What is to be known, or what went wrong with the choice. */
  hint?: string;
  hasFailed?: boolean;
  onChange: (environment: ChosenEnvironment | null) => void;
}) => {
  const {
    disabled,
    hasFailed = false,
    hint,
    id,
    label,
    onChange,
    value,
  } = props;
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const found = useLoadable('environments', signal =>
    api.getEnvironments({ stage: 'active', limit: SHOWN }, { signal }),
  );
  const active = found.status === 'ready' ? found.value.items : [];
  // What was chosen may not be there any more, and is shown all the same.
  const options =
    value && !active.some(each => each.id === value.id)
      ? [...active, value]
      : active;

  const ownHint = () => {
    if (found.status === 'failed') {
      return t('exercises.environmentsFailed', {
        message: errorText(found.error),
      });
    }
    return found.status === 'ready' && !options.length
      ? t('exercises.noEnvironments')
      : undefined;
  };

  return (
    <TextField
      id={id}
      select
      variant="outlined"
      size="small"
      fullWidth
      label={label}
      disabled={disabled}
      value={value?.id ?? NONE}
      error={hasFailed || found.status === 'failed'}
      helperText={hint ?? ownHint()}
      InputLabelProps={{ id: `${id}-label`, shrink: true }}
      SelectProps={{
        displayEmpty: true,
        SelectDisplayProps: { 'aria-labelledby': `${id}-label ${id}` },
      }}
      onChange={({ target }) => {
        const chosen = options.find(each => each.id === target.value);
        onChange(chosen ? { id: chosen.id, title: chosen.title } : null);
      }}
    >
      <MenuItem value={NONE}>{t('improvement.notSaid')}</MenuItem>
      {options.map(each => (
        <MenuItem key={each.id} value={each.id}>
          {each.title}
        </MenuItem>
      ))}
    </TextField>
  );
};
