import { useApi } from '@backstage/frontend-plugin-api';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import MenuItem from '@material-ui/core/MenuItem';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import TextField from '@material-ui/core/TextField';
import Alert from '@material-ui/lab/Alert';
import {
  isImprovementDone,
  RECORD_TEXT_MAX,
  type Finding,
} from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { operationalExcellenceApiRef } from '../../api';
import { ListSkeleton } from '../../entityContent/ListSkeleton';
import { ActDialog } from '../../exercises/ActDialog';
import { useAct } from '../../exercises/useAct';
import { LoadFailure } from '../../feedback';
import { newSubmissionKey } from '../../improvements/draft';
import { dayOf } from '../../time';
import { useTexts } from '../../translation';
import { RetestChoice, useRetestChoices } from './useRetestChoices';

const ID = 'operational-excellence-retest';
const RESULTS = ['fixed', 'not-fixed'] as const;

type Result = (typeof RESULTS)[number];

/** Puts down what a later exercise or experiment showed of a finding. */
export const RetestDialog = (props: {
  finding: Finding;
  onSaved: (finding: Finding) => void;
  onClose: () => void;
}) => {
  const { finding, onClose, onSaved } = props;
  const { improvement } = finding;
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const choices = useRetestChoices(finding);
  const [acting, act] = useAct();
  const [key] = useState(newSubmissionKey);
  const [wasTried, setTried] = useState(false);
  const [chosen, setChosen] = useState<RetestChoice>();
  const [result, setResult] = useState<Result>();
  const [note, setNote] = useState('');

  const save = () => {
    setTried(true);
    if (!chosen || !result) return;
    act(async () => {
      const { by } = chosen;
      const submission = { key, by, result, note: note.trim() || null };
      onSaved(await api.retestFinding(finding.id, submission));
    });
  };
  const isMissing = wasTried && !chosen;
  const isUnsaid = wasTried && !result;

  return (
    <ActDialog
      id={ID}
      title={t('findings.retestForm.title')}
      about={t('findings.retestForm.about')}
      submit={t('findings.retestForm.save')}
      acting={acting}
      isIncomplete={!chosen || !result}
      onSubmit={save}
      onClose={onClose}
    >
      {!(improvement && isImprovementDone(improvement.stage)) && (
        <Alert severity="info">{t('findings.retestForm.notDone')}</Alert>
      )}
      {choices.status === 'loading' && (
        <ListSkeleton label={t('findings.retestForm.loading')} />
      )}
      {choices.status !== 'loading' && choices.status !== 'ready' && (
        <LoadFailure failure={choices} />
      )}
      {choices.status === 'ready' && choices.value.length === 0 && (
        <Alert severity="warning">{t('findings.retestForm.none')}</Alert>
      )}
      {choices.status === 'ready' && choices.value.length > 0 && (
        <TextField
          id={`${ID}-by`}
          select
          size="small"
          variant="outlined"
          fullWidth
          required
          label={t('findings.retestForm.by')}
          value={chosen?.id ?? ''}
          onChange={({ target }) =>
            setChosen(choices.value.find(({ id }) => id === target.value))
          }
          error={isMissing}
          helperText={
            isMissing ? t('findings.retestForm.problem.by') : undefined
          }
          InputLabelProps={{ id: `${ID}-by-label` }}
          SelectProps={{
            SelectDisplayProps: {
              'aria-labelledby': `${ID}-by-label ${ID}-by`,
              'aria-invalid': isMissing,
            },
          }}
        >
          {choices.value.map(choice => (
            <MenuItem key={choice.id} value={choice.id}>
              {`${t(`findings.retestForm.${choice.by.kind}`)}: ${t(
                'findings.retestForm.heldOn',
                { title: choice.title, day: dayOf(choice.heldAt) },
              )}`}
            </MenuItem>
          ))}
        </TextField>
      )}
      <FormControl component="fieldset" error={isUnsaid}>
        <FormLabel component="legend">
          {t('findings.retestForm.result')}
        </FormLabel>
        <RadioGroup
          name={`${ID}-result`}
          value={result ?? ''}
          onChange={(_, value) =>
            setResult(RESULTS.find(each => each === value))
          }
        >
          {RESULTS.map(each => (
            <FormControlLabel
              key={each}
              value={each}
              control={<Radio color="primary" />}
              label={t(`findings.retestForm.${each}`)}
            />
          ))}
        </RadioGroup>
        {isUnsaid && (
          <FormHelperText role="alert">
            {t('findings.retestForm.problem.result')}
          </FormHelperText>
        )}
      </FormControl>
      <TextField
        id={`${ID}-note`}
        size="small"
        variant="outlined"
        fullWidth
        multiline
        minRows={2}
        maxRows={8}
        label={t('findings.retestForm.note')}
        inputProps={{ maxLength: RECORD_TEXT_MAX.line }}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
    </ActDialog>
  );
};
