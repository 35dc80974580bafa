import Button from '@material-ui/core/Button';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { Duration } from 'luxon';
import { useNow, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import { dayAhead } from './days';

/** How far ahead the ends are that people choose most. */
const QUICK = ['P2W', 'P1M', 'P3M', 'P6M'] as const;

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(1) },
  quick: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

/** The day on which a waiver ends: typed, or chosen by how far ahead it is. */
export const UntilField = (props: {
  id: string;
  value: string;
  onChange: (day: string) => void;
  problem: string | undefined;
}) => {
  const { id, onChange, problem, value } = props;
  const classes = useStyles();
  const now = useNow();
  const words = useTimeWords();
  const { t } = useTexts();

  return (
    <div className={classes.root}>
      <TextField
        id={id}
        type="date"
        size="small"
        variant="outlined"
        required
        label={t('waivers.form.until')}
        InputLabelProps={{ shrink: true }}
        inputProps={{ min: dayAhead(now, {}), max: '9999-12-31' }}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        error={problem !== undefined}
        helperText={problem ?? t('waivers.form.untilHint')}
      />
      <div
        role="group"
        aria-label={t('waivers.form.quick')}
        className={classes.quick}
      >
        {QUICK.map(span => {
          const day = dayAhead(now, Duration.fromISO(span));
          return (
            <Button
              key={span}
              size="small"
              variant={value === day ? 'contained' : 'outlined'}
              aria-pressed={value === day}
              onClick={() => onChange(day)}
            >
              {words.duration(span)}
            </Button>
          );
        })}
      </div>
    </div>
  );
};
