import { useApi } from '@backstage/frontend-plugin-api';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { operationalExcellenceApiRef } from '../../api';
import { errorText } from '../../feedback';
import { useLoadable } from '../../loading';
import { useTexts } from '../../translation';
import { fieldId, PlanFieldsProps } from './PlanFields';

const SHOWN = 200;
const NONE = '';

/** In which environment it is held, of those that there are. */
export const EnvironmentField = (props: PlanFieldsProps) => {
  const { draft, onChange } = props;
  const { environment } = draft;
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const found = useLoadable('environments', signal =>
    api.getEnvironments({ stage: 'active', limit: SHOWN }, { signal }),
  );
  const active = found.status === 'ready' ? found.value.items : [];
  // What was chosen may not be there any more, and is shown all the same.
  const options =
    environment && !active.some(({ id }) => id === environment.id)
      ? [...active, environment]
      : active;
  const id = fieldId('environment');

  const hint = () => {
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
      label={t('exercises.field.environment')}
      value={environment?.id ?? NONE}
      error={found.status === 'failed'}
      helperText={hint()}
      InputLabelProps={{ id: `${id}-label`, shrink: true }}
      SelectProps={{
        displayEmpty: true,
        SelectDisplayProps: { 'aria-labelledby': `${id}-label ${id}` },
      }}
      onChange={({ target }) => {
        const chosen = options.find(each => each.id === target.value);
        onChange({
          environment: chosen ? { id: chosen.id, title: chosen.title } : null,
        });
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
