import Button from '@material-ui/core/Button';
import CancelIcon from '@material-ui/icons/Cancel';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import WatchLaterIcon from '@material-ui/icons/WatchLater';
import type { ExerciseDetail } from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { Section } from '../../entityContent/Section';
import { useNotPrinted } from '../../print';
import { Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import { Who } from '../words';
import { ApprovalDialog } from './ApprovalDialog';
import type { ExerciseSectionProps } from './ExercisePage';
import { usePageStyles } from './usePageStyles';
import { TonedLabel } from '../../states';

type Decision = ExerciseDetail['approvals'][number]['decision'];

const DecisionLabel = (props: { decision: Decision }) => {
  const { t } = useTexts();
  switch (props.decision) {
    case 'approved':
      return (
        <TonedLabel icon={CheckCircleIcon} tone="good">
          {t('exercises.approval.approved')}
        </TonedLabel>
      );
    case 'rejected':
      return (
        <TonedLabel icon={CancelIcon} tone="critical">
          {t('exercises.approval.rejected')}
        </TonedLabel>
      );
    default:
      return (
        <TonedLabel icon={WatchLaterIcon} tone="attention">
          {t('exercises.approval.pending')}
        </TonedLabel>
      );
  }
};

/** Who has to approve the plan before it may begin, and what they said. */
export const ApprovalSection = (props: ExerciseSectionProps) => {
  const { exercise, now, onChanged } = props;
  const { approvals, mayDecide, state } = exercise;
  const classes = usePageStyles();
  const notPrinted = useNotPrinted();
  const words = useTimeWords();
  const { t } = useTexts();
  const [dialog, setDialog] = useState<'approved' | 'rejected'>();
  if (!approvals.length) return null;
  return (
    <Section title={t('exercises.approval.title')}>
      <ul className={classes.list}>
        {approvals.map(
          ({ approver, comment, decidedAt, decidedBy, decision }) => (
            <li key={approver} className={classes.entry}>
              <div className={classes.head}>
                <DecisionLabel decision={decision} />
                <span className={classes.title}>
                  <Who who={approver} />
                </span>
              </div>
              {comment && <div>{comment}</div>}
              {decidedBy && decidedAt && (
                <div className={classes.secondary}>
                  {`${t('exercises.approval.by')} `}
                  <Who who={decidedBy} />{' '}
                  <Moment instant={decidedAt}>
                    {words.ago(decidedAt, now)}
                  </Moment>
                </div>
              )}
            </li>
          ),
        )}
      </ul>
      {state === 'planned' && mayDecide && (
        <div className={`${classes.note} ${notPrinted}`}>
          <div>{t('exercises.approval.asked')}</div>
          <div className={classes.actions}>
            <Button
              size="small"
              variant="contained"
              color="primary"
              aria-haspopup="dialog"
              onClick={() => setDialog('approved')}
            >
              {t('exercises.approval.approve')}
            </Button>
            <Button
              size="small"
              variant="outlined"
              aria-haspopup="dialog"
              onClick={() => setDialog('rejected')}
            >
              {t('exercises.approval.reject')}
            </Button>
          </div>
        </div>
      )}
      {dialog && (
        <ApprovalDialog
          exercise={exercise}
          decision={dialog}
          onDone={() => {
            setDialog(undefined);
            onChanged();
          }}
          onConflict={onChanged}
          onClose={() => setDialog(undefined)}
        />
      )}
    </Section>
  );
};
