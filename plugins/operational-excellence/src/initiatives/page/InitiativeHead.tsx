import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import type { Initiative } from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { AllowedButton } from '../../allowance';
import { Markdown } from '../../entityContent/loop/Markdown';
import { useFacetTitles } from '../../facets';
import { dayOf, Moment } from '../../time';
import { useTexts } from '../../translation';
import { CloseDialog } from '../form/CloseDialog';
import { InitiativeDialog } from '../form/InitiativeDialog';
import { useMayManage } from '../useMayManage';
import {
  InitiativeStateLabel,
  ProgressBar,
  useDueWords,
  useFilterWords,
  useGoalWords,
} from '../words';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(1.5),
    gridTemplateColumns: 'minmax(0, 1fr)',
    padding: theme.spacing(2),
    fontFamily: theme.typography.fontFamily,
    fontSize: '0.875rem',
    lineHeight: 1.5,
    overflowWrap: 'anywhere',
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0.5, 2),
  },
  title: { margin: 0, fontSize: '1.375rem', fontWeight: 600, lineHeight: 1.3 },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gap: theme.spacing(0.5, 2),
    margin: 0,
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0 },
  },
  note: { margin: 0, fontWeight: 600 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
  secondary: { color: theme.palette.text.secondary },
}));

/** What an initiative asks, of whom, until when; and what can be done with it. */
export const InitiativeHead = (props: {
  initiative: Initiative;
  now: number;
  onChanged: () => void;
}) => {
  const { initiative, now, onChanged } = props;
  const { closedAt, closedBy, closingNote, createdAt, createdBy, state } =
    initiative;
  const classes = useStyles();
  const allowance = useMayManage();
  const dueWords = useDueWords();
  const { titleOf } = useFacetTitles(initiative.filter);
  const filterWords = useFilterWords(titleOf);
  const goalWords = useGoalWords();
  const { t } = useTexts();
  const [dialog, setDialog] = useState<'edit' | 'close'>();
  const close = () => setDialog(undefined);
  const done = () => {
    close();
    onChanged();
  };
  return (
    <Paper className={classes.root}>
      <div className={classes.head}>
        <h2 className={classes.title}>{initiative.title}</h2>
        <InitiativeStateLabel state={state} />
      </div>
      <dl className={classes.facts}>
        <dt>{t('initiatives.goal.title')}</dt>
        <dd>{goalWords(initiative.goal)}</dd>
        <dt>{t('initiatives.filter.title')}</dt>
        <dd>{filterWords(initiative.filter).join(' · ')}</dd>
        <dt>{t('initiatives.due.title')}</dt>
        <dd>{dueWords(initiative, now)}</dd>
      </dl>
      <ProgressBar progress={initiative.progress} />
      {initiative.description && <Markdown content={initiative.description} />}
      <div className={classes.secondary}>
        {`${t('initiatives.by', { day: dayOf(createdAt) })} `}
        <EntityRefLink entityRef={createdBy} />
        {closedAt && closedBy && (
          <>
            {' · '}
            <Moment instant={closedAt}>
              {t('initiatives.closedBy', { day: dayOf(closedAt) })}
            </Moment>{' '}
            <EntityRefLink entityRef={closedBy} />
          </>
        )}
      </div>
      {closingNote && (
        <div>
          <p className={classes.note}>{t('initiatives.closingNote')}</p>
          <Markdown content={closingNote} />
        </div>
      )}
      {state !== 'closed' && (
        <div className={classes.actions}>
          <AllowedButton
            label={t('initiatives.edit')}
            allowance={allowance}
            onClick={() => setDialog('edit')}
          />
          <AllowedButton
            label={t('initiatives.close')}
            allowance={allowance}
            onClick={() => setDialog('close')}
          />
        </div>
      )}
      {dialog === 'edit' && (
        <InitiativeDialog of={initiative} onSaved={done} onClose={close} />
      )}
      {dialog === 'close' && (
        <CloseDialog
          initiative={initiative}
          onDone={done}
          onConflict={onChanged}
          onClose={close}
        />
      )}
    </Paper>
  );
};
