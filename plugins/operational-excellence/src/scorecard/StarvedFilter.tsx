import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Tooltip from '@material-ui/core/Tooltip';
import Typography from '@material-ui/core/Typography';
import { useTexts } from '../translation';

const ID = 'operational-excellence-starved';

/** Leaves the services whose improvements wait while none gets done. */
export const StarvedFilter = (props: {
  value: boolean;
  onChange: (value: boolean) => void;
}) => {
  const { t } = useTexts();
  return (
    <Tooltip title={t('time.onlyStarvedHint')}>
      <FormControlLabel
        label={<Typography variant="body2">{t('time.onlyStarved')}</Typography>}
        style={{ marginRight: 0 }}
        control={
          <Checkbox
            id={ID}
            size="small"
            color="primary"
            checked={props.value}
            onChange={({ target }) => props.onChange(target.checked)}
          />
        }
      />
    </Tooltip>
  );
};
