import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import LinearProgress from '@material-ui/core/LinearProgress';
import MenuItem from '@material-ui/core/MenuItem';
import Paper from '@material-ui/core/Paper';
import TextField from '@material-ui/core/TextField';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import { exerciseKindSchema } from 'backstage-plugin-operational-excellence-common';
import { FormEvent, ReactNode, useEffect, useRef, useState } from 'react';
import type { Allowance } from '../../allowance';
import { useFormStyles } from '../../improvements/form/useFormStyles';
import { MarkdownField } from '../../markdown';
import { useTexts } from '../../translation';
import { TimeField } from '../TimeField';
import { timeZoneName } from '../words';
import { EnvironmentField } from './EnvironmentField';
import type { PlanWording } from './ExerciseDraft';
import { fieldId } from './PlanFields';
import { excesses, hasProblems, planProblems } from './planProblems';
import { PlanTextField } from './PlanTextField';
import { RowsField } from './RowsField';
import { RowTextField } from './RowTextField';
import { ServicesField } from './ServicesField';
import { useProblemText } from './useProblemText';

const MAX_ROWS = 50;
const MAX_PREREQUISITES = 100;

const useStyles = makeStyles(theme => ({
  root: {
    maxWidth: 960,
    padding: theme.spacing(2.5),
    fontFamily: theme.typography.fontFamily,
  },
  title: {
    margin: theme.spacing(0, 0, 2),
    fontSize: '1.375rem',
    fontWeight: 600,
  },
  pair: {
    display: 'grid',
    gap: theme.spacing(2),
    alignItems: 'start',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 320px), 1fr))',
  },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    paddingTop: theme.spacing(2),
  },
  spacer: { flex: 1 },
}));

/** The fields of a plan, and the buttons that save or discard it. */
export const PlanForm = (props: {
  title: string;
  draft: PlanWording;
  allowance: Allowance;
  isSending: boolean;
  /** Whether there is nothing to discard. */
  isUntouched: boolean;
  submit: string;
  /** What is to be known before one goes on. */
  notices: ReactNode;
  onChange: (change: Partial<PlanWording>) => void;
  onSend: () => void;
  onDiscard: () => void;
  onClose: () => void;
}) => {
  const { allowance, draft, isSending } = props;
  const classes = useStyles();
  const formClasses = useFormStyles();
  const { t } = useTexts();
  const problemText = useProblemText();
  const [wasTried, setTried] = useState(false);
  const [refused, setRefused] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!refused) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refused]);

  const all = planProblems(draft);
  const problems = wasTried ? all : excesses(all);
  // What is being sent does not change any more.
  const onChange = isSending ? () => {} : props.onChange;
  const fields = { draft, problems, onChange };
  const cannotSend = isSending || !allowance.isAllowed;
  const kindId = fieldId('kind');
  const zone = t('exercises.zone', { zone: timeZoneName(draft.plannedStart) });

  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (hasProblems(all)) setRefused(count => count + 1);
    else if (!cannotSend) props.onSend();
  };

  return (
    <Paper className={classes.root}>
      <h2 className={classes.title}>{props.title}</h2>
      <form ref={form} onSubmit={send} noValidate aria-busy={isSending}>
        <div className={formClasses.fields}>
          {props.notices}
          <ServicesField {...fields} />
          <div className={classes.pair}>
            <TextField
              id={kindId}
              select
              variant="outlined"
              size="small"
              fullWidth
              label={t('exercises.field.kind')}
              value={draft.kind}
              helperText={t(`exercises.kindAbout.${draft.kind}`)}
              InputLabelProps={{ id: `${kindId}-label`, shrink: true }}
              SelectProps={{
                SelectDisplayProps: {
                  'aria-labelledby': `${kindId}-label ${kindId}`,
                },
              }}
              onChange={({ target }) => {
                const kind = exerciseKindSchema.safeParse(target.value);
                if (kind.success) onChange({ kind: kind.data });
              }}
            >
              {exerciseKindSchema.options.map(kind => (
                <MenuItem key={kind} value={kind}>
                  {t(`exercises.kind.${kind}`)}
                </MenuItem>
              ))}
            </TextField>
            <PlanTextField {...fields} field="title" required />
          </div>
          <div className={classes.pair}>
            <TimeField
              id={fieldId('plannedStart')}
              label={t('exercises.field.plannedStart')}
              value={draft.plannedStart}
              required
              problem={problemText(problems.plannedStart)}
              hint={zone}
              onChange={plannedStart => onChange({ plannedStart })}
            />
            <TimeField
              id={fieldId('plannedEnd')}
              label={t('exercises.field.plannedEnd')}
              value={draft.plannedEnd}
              required
              problem={problemText(problems.plannedEnd)}
              hint={zone}
              onChange={plannedEnd => onChange({ plannedEnd })}
            />
          </div>
          <div className={classes.pair}>
            <PlanTextField
              {...fields}
              field="facilitator"
              hint={t('exercises.whoHint')}
            />
            <EnvironmentField {...fields} />
          </div>
          <RowsField
            id={fieldId('roles')}
            legend={t('exercises.field.roles')}
            addLabel={t('exercises.addRole')}
            rows={draft.roles}
            max={MAX_ROWS}
            empty={{ role: '', who: '' }}
            onChange={roles => onChange({ roles })}
            renderRow={(row, number, change) => (
              <>
                <RowTextField
                  id={fieldId(`role-${row.rowId}`)}
                  label={t('exercises.role', { number })}
                  value={row.role}
                  problem={problemText(problems.rows.roles[row.rowId])}
                  onChange={role => change({ role })}
                />
                <RowTextField
                  id={fieldId(`role-who-${row.rowId}`)}
                  label={t('exercises.roleWho', { number })}
                  value={row.who}
                  onChange={who => change({ who })}
                />
              </>
            )}
          />
          <MarkdownField
            id={fieldId('scope')}
            label={t('exercises.field.scope')}
            viewsLabel={t('exercises.scopeViews')}
            value={draft.scope}
            problem={problemText(problems.scope)}
            onChange={scope => onChange({ scope })}
          />
          <div className={classes.pair}>
            <PlanTextField
              {...fields}
              field="hypothesis"
              multiline
              placeholder={t('exercises.example.hypothesis')}
            />
            <PlanTextField
              {...fields}
              field="hypothesisBound"
              multiline
              placeholder={t('exercises.example.hypothesisBound')}
              hint={t('exercises.boundHint')}
            />
            <PlanTextField
              {...fields}
              field="steadyState"
              multiline
              hint={t('exercises.steadyStateHint')}
            />
            <PlanTextField
              {...fields}
              field="blastRadius"
              multiline
              hint={t('exercises.blastRadiusHint')}
            />
          </div>
          <RowsField
            id={fieldId('stopConditions')}
            legend={t('exercises.field.stopConditions')}
            addLabel={t('exercises.addStopCondition')}
            rows={draft.stopConditions}
            max={MAX_ROWS}
            empty={{ text: '' }}
            onChange={stopConditions => onChange({ stopConditions })}
            renderRow={(row, number, change) => (
              <RowTextField
                id={fieldId(`stopCondition-${row.rowId}`)}
                label={t('exercises.stopCondition', { number })}
                value={row.text}
                problem={problemText(problems.rows.stopConditions[row.rowId])}
                onChange={text => change({ text })}
              />
            )}
          />
          <div className={classes.pair}>
            <PlanTextField
              {...fields}
              field="abortOwner"
              hint={t('exercises.abortOwnerHint')}
            />
            <FormControlLabel
              control={
                <Checkbox
                  color="primary"
                  checked={draft.rollbackTried}
                  onChange={(_, rollbackTried) => onChange({ rollbackTried })}
                />
              }
              label={t('exercises.field.rollbackTried')}
            />
          </div>
          <RowsField
            id={fieldId('prerequisites')}
            legend={t('exercises.field.prerequisites')}
            addLabel={t('exercises.addPrerequisite')}
            rows={draft.prerequisites}
            max={MAX_PREREQUISITES}
            empty={{ text: '', done: false }}
            onChange={prerequisites => onChange({ prerequisites })}
            renderRow={(row, number, change) => (
              <RowTextField
                id={fieldId(`prerequisite-${row.rowId}`)}
                label={t('exercises.prerequisite', { number })}
                value={row.text}
                problem={problemText(problems.rows.prerequisites[row.rowId])}
                onChange={text => change({ text })}
              />
            )}
          />
        </div>
        {isSending && <LinearProgress aria-label={t('exercises.saving')} />}
        <div className={classes.actions}>
          {!props.isUntouched && !isSending && (
            <Button onClick={props.onDiscard}>{t('drafts.discard')}</Button>
          )}
          <span className={classes.spacer} />
          <Button onClick={props.onClose}>{t('improvement.close')}</Button>
          <Tooltip title={allowance.denial}>
            <Button
              type="submit"
              variant="contained"
              color="primary"
              aria-disabled={cannotSend}
              style={cannotSend ? { opacity: 0.6 } : undefined}
            >
              {isSending ? t('exercises.saving') : props.submit}
            </Button>
          </Tooltip>
        </div>
      </form>
    </Paper>
  );
};
