import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import LinearProgress from '@material-ui/core/LinearProgress';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import type { TrackerList } from 'backstage-plugin-operational-excellence-common';
import { FormEvent, ReactNode, useEffect, useRef, useState } from 'react';
import type { Allowance } from '../../allowance';
import { useTexts } from '../../translation';
import {
  DraftProblems,
  draftProblems,
  ImprovementDraft,
  ImprovementWording,
} from '../draft';
import { DescriptionField } from './DescriptionField';
import { fieldId } from './DraftFields';
import { GoalFields } from './GoalFields';
import { OriginFields } from './OriginFields';
import { PriorityField } from './PriorityField';
import { SimilarTickets } from './SimilarTickets';
import { TitleField } from './TitleField';
import { TrackerField } from './TrackerField';
import { useFormStyles } from './useFormStyles';

const useStyles = makeStyles(theme => ({
  form: {
    display: 'flex',
    flexDirection: 'column',
    flex: '1 1 auto',
    minHeight: 0,
  },
  actions: {
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    padding: theme.spacing(1.5, 2),
  },
  spacer: { flex: 1 },
}));

/** The fields of a draft, and the buttons that send or discard it. */
export const ImprovementForm = (props: {
  entityRef: string;
  draft: ImprovementDraft;
  trackers: TrackerList['items'];
  allowance: Allowance;
  isSending: boolean;
  /** Whether there is nothing to discard. */
  isUntouched: boolean;
  /** What is to be known before one goes on. */
  notices: ReactNode;
  onChange: (change: Partial<ImprovementDraft>) => void;
  onSend: (trackerId: string) => void;
  onDiscard: () => void;
  onClose: () => void;
}) => {
  const { allowance, draft, entityRef, isSending, trackers } = props;
  const classes = useStyles();
  const formClasses = useFormStyles();
  const { t } = useTexts();
  const [wasTried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // Those that are refused go where the first of them is.
  const [focusOn, setFocusOn] = useState<{ field: string }>();
  useEffect(() => {
    if (!focusOn) return;
    const id = fieldId(focusOn.field as keyof ImprovementWording);
    form.current?.querySelector<HTMLElement>(`[id="${id}"]`)?.focus();
  }, [focusOn]);

  const problems = draftProblems(draft);
  const tracker =
    trackers.find(({ id }) => id === draft.trackerId) ?? trackers[0];
  const cannotSend = !tracker || !allowance.isAllowed || isSending;

  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const [first] = fieldsInOrder(problems);
    if (first) setFocusOn({ field: first });
    else if (!cannotSend) props.onSend(tracker.id);
  };

  const fields = {
    draft,
    problems: wasTried ? problems : excesses(problems),
    // What is being sent does not change any more.
    onChange: isSending ? () => {} : props.onChange,
  };
  const sendText = draft.corrects
    ? t('improvement.sendAgain')
    : t('improvement.send');

  return (
    <form
      ref={form}
      className={classes.form}
      onSubmit={send}
      noValidate
      aria-busy={isSending}
    >
      <DialogContent>
        <div className={formClasses.fields}>
          {props.notices}
          {tracker && (
            <TrackerField
              trackers={trackers}
              value={tracker.id}
              onChange={trackerId => fields.onChange({ trackerId })}
            />
          )}
          <div>
            <TitleField {...fields} />
            <SimilarTickets entityRef={entityRef} title={draft.title} />
          </div>
          <DescriptionField {...fields} />
          <GoalFields {...fields} />
          <PriorityField {...fields} />
          <OriginFields {...fields} />
        </div>
      </DialogContent>
      {isSending && <LinearProgress aria-label={t('improvement.sending')} />}
      <DialogActions className={classes.actions} disableSpacing>
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
            {isSending ? t('improvement.sending') : sendText}
          </Button>
        </Tooltip>
      </DialogActions>
    </form>
  );
};

/** The fields with problems, in the order in which the form shows them. */
function fieldsInOrder(problems: DraftProblems): (keyof ImprovementWording)[] {
  const order: (keyof ImprovementWording)[] = [
    'title',
    'description',
    'goalMeasure',
    'goalFrom',
    'goalTo',
    'goalBy',
    'originKind',
    'originUrl',
  ];
  return order.filter(field => problems[field]);
}

/** What is said at once: more will not do, while less is still being typed. */
function excesses(problems: DraftProblems): DraftProblems {
  return Object.fromEntries(
    Object.entries(problems).filter(
      ([, problem]) => problem?.kind === 'too-long',
    ),
  );
}
