import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import {
  MEASURES,
  type Measure,
  type Service,
} from 'backstage-plugin-operational-excellence-common';
import { dayOf } from '../../time';
import { useTexts } from '../../translation';

/** The measure, among those that the policy asks for, with the state of each. */
export const MeasureField = (props: {
  id: string;
  service: Service;
  value: Measure | '';
  onChange: (measure: Measure) => void;
  problem: string | undefined;
}) => {
  const { id, onChange, problem, service, value } = props;
  const { t } = useTexts();
  const waivedUntil = value && service[value].waivedUntil;
  const hint = waivedUntil
    ? t('waivers.form.alreadyWaived', { day: dayOf(waivedUntil) })
    : undefined;
  const text = problem ?? hint;
  return (
    <TextField
      id={id}
      select
      size="small"
      variant="outlined"
      fullWidth
      required
      label={t('waivers.form.measure')}
      value={value}
      onChange={({ target }) => {
        const chosen = MEASURES.find(measure => measure === target.value);
        if (chosen) onChange(chosen);
      }}
      error={problem !== undefined}
      helperText={text}
      InputLabelProps={{ id: `${id}-label` }}
      SelectProps={{
        SelectDisplayProps: {
          'aria-labelledby': `${id}-label ${id}`,
          'aria-describedby': text ? `${id}-helper-text` : undefined,
          'aria-invalid': problem !== undefined,
        },
      }}
    >
      {MEASURES.map(measure => {
        const { state } = service[measure];
        return (
          <MenuItem
            key={measure}
            value={measure}
            disabled={state === 'not-required'}
          >
            {`${t(`measure.${measure}`)} · ${t(`state.${state}`)}`}
          </MenuItem>
        );
      })}
    </TextField>
  );
};
