import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { ListSkeleton } from '../../entityContent/ListSkeleton';
import { errorText, LoadFailure } from '../../feedback';
import type { ImprovementService } from '../../improvements';
import { useTexts } from '../../translation';
import { useMayPerform } from '../useMay';
import { useReadinessPaths } from '../useReadinessPaths';
import { ChoiceList } from './ChoiceList';
import { useBegin } from './useBegin';
import { useChoices } from './useChoices';

/** Which template a service is tested with. */
export const TemplateStep = (props: {
  service: ImprovementService;
  template: string | undefined;
  onClose: () => void;
}) => {
  const { onClose, service } = props;
  const { entityRef, ownerTitle } = service;
  const { t } = useTexts();
  const navigate = useNavigate();
  const paths = useReadinessPaths();
  const allowance = useMayPerform({ entityRef, owner: ownerTitle });
  const choices = useChoices(entityRef);
  const [chosen, setChosen] = useState(props.template);
  const leadTo = (id: string) => {
    onClose();
    const path = paths.test(id);
    if (path) navigate(path);
  };
  const { begin, beginning } = useBegin(({ id }) => leadTo(id));
  const isBeginning = beginning.status === 'beginning';

  const all = choices.status === 'ready' ? choices.value : [];
  const choice = all.find(({ template }) => template.id === chosen) ?? all[0];
  const openTest = choice?.openTest;
  const isReady = choice && allowance.isAllowed && !isBeginning;
  const label = () => {
    if (openTest) return t('readinessRuns.run.resume');
    return isBeginning
      ? t('readinessRuns.run.beginning')
      : t('readinessRuns.run.begin');
  };
  const submit = () => {
    if (openTest) leadTo(openTest.id);
    else if (choice) begin(entityRef, choice.template.id);
  };

  const content = () => {
    if (choices.status === 'loading') {
      return <ListSkeleton label={t('readinessRuns.run.loading')} />;
    }
    if (choices.status !== 'ready') return <LoadFailure failure={choices} />;
    if (!all.length) return t('readinessRuns.run.none');
    return (
      <ChoiceList
        choices={all}
        value={choice?.template.id}
        onChange={setChosen}
      />
    );
  };

  return (
    <>
      <DialogContent dividers>
        {content()}
        {allowance.denial && <Alert severity="info">{allowance.denial}</Alert>}
        {beginning.status === 'failed' && (
          <Alert severity="error" role="alert">
            {t('readinessRuns.run.failed', {
              message: errorText(beginning.error),
            })}
          </Alert>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('readinessRuns.run.cancel')}</Button>
        <Button
          variant="contained"
          color="primary"
          aria-disabled={!isReady}
          style={isReady ? undefined : { opacity: 0.6 }}
          onClick={isReady ? submit : undefined}
        >
          {label()}
        </Button>
      </DialogActions>
    </>
  );
};
