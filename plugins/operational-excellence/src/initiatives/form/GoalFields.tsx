import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { MEASURES } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../../translation';
import type { InitiativeDraft } from './InitiativeDraft';

const KINDS = ['in-order', 'done-since'] as const;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(1.5),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 220px), 1fr))',
    alignItems: 'start',
  },
}));

/** What is asked of each service, and until when. */
export const GoalFields = (props: {
  id: string;
  draft: InitiativeDraft;
  change: (change: Partial<InitiativeDraft>) => void;
  problems: Partial<Record<'since' | 'dueOn', string>>;
}) => {
  const { change, draft, id, problems } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const select = (name: 'goalKind' | 'measure', label: string) =>
    ({
      id: `${id}-${name}`,
      select: true,
      size: 'small',
      variant: 'outlined',
      label,
      value: draft[name],
      InputLabelProps: { id: `${id}-${name}-label` },
      SelectProps: {
        SelectDisplayProps: {
          'aria-labelledby': `${id}-${name}-label ${id}-${name}`,
        },
      },
    } as const);
  const day = (name: 'since' | 'dueOn', label: string, hint?: string) =>
    ({
      id: `${id}-${name}`,
      type: 'date',
      size: 'small',
      variant: 'outlined',
      required: true,
      label,
      value: draft[name],
      onChange: ({ target }: { target: { value: string } }) =>
        change({ [name]: target.value }),
      InputLabelProps: { shrink: true },
      inputProps: { max: '9999-12-31' },
      error: problems[name] !== undefined,
      helperText: problems[name] ?? hint,
    } as const);
  const measures = MEASURES.filter(
    measure => draft.goalKind === 'in-order' || measure !== 'backlog',
  );
  return (
    <div className={classes.root}>
      <TextField
        {...select('goalKind', t('initiatives.form.goalKind'))}
        onChange={({ target }) => {
          const goalKind = KINDS.find(kind => kind === target.value);
          if (!goalKind) return;
          const isBacklog = draft.measure === 'backlog';
          change({
            goalKind,
            ...(goalKind === 'done-since' &&
              isBacklog && { measure: 'gameDay' }),
          });
        }}
      >
        {KINDS.map(kind => (
          <MenuItem key={kind} value={kind}>
            {t(`initiatives.form.kinds.${kind}`)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        {...select('measure', t('initiatives.form.measure'))}
        onChange={({ target }) => {
          const measure = measures.find(each => each === target.value);
          if (measure) change({ measure });
        }}
      >
        {measures.map(measure => (
          <MenuItem key={measure} value={measure}>
            {t(`measure.${measure}`)}
          </MenuItem>
        ))}
      </TextField>
      {draft.goalKind === 'done-since' && (
        <TextField {...day('since', t('initiatives.form.since'))} />
      )}
      <TextField
        {...day(
          'dueOn',
          t('initiatives.form.dueOn'),
          t('initiatives.form.dueHint'),
        )}
      />
    </div>
  );
};
