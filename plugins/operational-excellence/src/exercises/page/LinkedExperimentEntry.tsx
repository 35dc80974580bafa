import Tooltip from '@material-ui/core/Tooltip';
import Button from '@material-ui/core/Button';
import BlockIcon from '@material-ui/icons/Block';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import PauseCircleFilledIcon from '@material-ui/icons/PauseCircleFilled';
import PlayCircleFilledIcon from '@material-ui/icons/PlayCircleFilled';
import WarningIcon from '@material-ui/icons/Warning';
import type {
  ExperimentState,
  LinkedExperiment,
} from 'backstage-plugin-operational-excellence-common';
import type { Allowance } from '../../allowance';
import { ExternalLink } from '../../entityContent/ExternalLink';
import { useNotPrinted } from '../../print';
import type { Tone } from '../../states';
import { Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import { usePageStyles } from './usePageStyles';
import { TonedLabel } from '../../states';

const icons = {
  pending: HourglassEmptyIcon,
  initiating: HourglassEmptyIcon,
  running: PlayCircleFilledIcon,
  completed: CheckCircleIcon,
  stopping: PauseCircleFilledIcon,
  stopped: PauseCircleFilledIcon,
  failed: ErrorIcon,
  cancelled: BlockIcon,
} satisfies Record<ExperimentState, typeof BlockIcon>;

const tones: Record<ExperimentState, Tone> = {
  pending: 'neutral',
  initiating: 'neutral',
  running: 'attention',
  completed: 'good',
  stopping: 'attention',
  stopped: 'neutral',
  failed: 'critical',
  cancelled: 'uncertain',
};

/** One experiment of an exercise, with how it stands now. */
export const LinkedExperimentEntry = (props: {
  experiment: Omit<LinkedExperiment, 'linkedBy'>;
  linkedBy?: LinkedExperiment['linkedBy'];
  now: number;
  /** What can be done with it here. */
  action: string;
  allowance: Allowance;
  onAct: () => void;
}) => {
  const { action, allowance, experiment, linkedBy, now, onAct } = props;
  const { id, startedAt, state } = experiment;
  const classes = usePageStyles();
  const notPrinted = useNotPrinted();
  const words = useTimeWords();
  const { t } = useTexts();
  const titleId = `operational-excellence-experiment-${id}`;
  return (
    <li className={classes.entry}>
      <div className={classes.head}>
        <TonedLabel icon={icons[state]} tone={tones[state]}>
          {t(`outcome.${state}`)}
        </TonedLabel>
        <span id={titleId} className={classes.title}>
          <ExternalLink url={experiment.url}>{experiment.title}</ExternalLink>
        </span>
      </div>
      {experiment.reason && <div>{experiment.reason}</div>}
      {!experiment.hasStopConditions && (
        <div>
          <TonedLabel icon={WarningIcon} tone="critical">
            {t('exercises.experiments.noStopConditions')}
          </TonedLabel>
        </div>
      )}
      <div className={classes.secondary}>
        {startedAt ? (
          <>
            {`${t('exercises.experiments.started')} `}
            <Moment instant={startedAt}>{words.ago(startedAt, now)}</Moment>
          </>
        ) : (
          t('exercises.experiments.notStarted')
        )}
        {` · ${id}`}
        {experiment.dryRun && ` · ${t('exercises.experiments.dryRun')}`}
        {linkedBy && ` · ${t(`exercises.experiments.linkedBy.${linkedBy}`)}`}
      </div>
      <div className={`${classes.actions} ${notPrinted}`}>
        <Tooltip title={allowance.denial}>
          <Button
            size="small"
            variant="outlined"
            id={`${titleId}-action`}
            aria-labelledby={`${titleId}-action ${titleId}`}
            aria-disabled={!allowance.isAllowed}
            style={allowance.isAllowed ? undefined : { opacity: 0.6 }}
            onClick={allowance.isAllowed ? onAct : undefined}
          >
            {action}
          </Button>
        </Tooltip>
      </div>
    </li>
  );
};
