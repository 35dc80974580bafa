import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { RECORD_TEXT_MAX } from 'backstage-plugin-operational-excellence-common';
import { DateTime } from 'luxon';
import { FormEvent } from 'react';
import { operationalExcellenceApiRef } from '../../api';
import { DraftKind, useKeptDraft } from '../../drafts';
import { Section } from '../../entityContent/Section';
import { errorText } from '../../feedback';
import { newSubmissionKey } from '../../improvements/draft';
import { useNotPrinted } from '../../print';
import { exactInstant } from '../../time';
import { useTexts } from '../../translation';
import { toInstant } from '../localTimes';
import { TimeField } from '../TimeField';
import { useAct } from '../useAct';
import { Who } from '../words';
import type { ExerciseSectionProps } from './ExercisePage';
import { usePageStyles } from './usePageStyles';

const useStyles = makeStyles(theme => ({
  form: {
    display: 'grid',
    alignItems: 'start',
    gap: theme.spacing(1),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 200px), 1fr))',
    padding: theme.spacing(1.5, 2),
  },
  text: { gridColumn: '1 / -1' },
  time: {
    fontVariantNumeric: 'tabular-nums',
    fontWeight: 600,
  },
}));

/** An entry that is being typed. */
interface LogDraft {
  /** The key under which it is sent, however often that is tried. */
  key: string;
  text: string;
  /** A local time; empty for now. */
  at: string;
}

const newEntry = (): LogDraft => ({
  key: newSubmissionKey(),
  text: '',
  at: '',
});

const logDrafts: DraftKind<LogDraft> = {
  format: draft => ({ ...draft }),
  parse: kept => {
    if (typeof kept !== 'object' || kept === null) return undefined;
    const { at, key, text }: Record<string, unknown> = { ...kept };
    if (typeof key !== 'string' || typeof text !== 'string') return undefined;
    return { key, text, at: typeof at === 'string' ? at : '' };
  },
  isUntouched: draft => !draft.text && !draft.at,
};

const NewEntry = (props: { id: string; onAdded: () => void }) => {
  const { id, onAdded } = props;
  const api = useApi(operationalExcellenceApiRef);
  const classes = useStyles();
  const notPrinted = useNotPrinted();
  const { t } = useTexts();
  const [acting, act] = useAct();
  const kept = useKeptDraft(logDrafts, `exercise-log:${id}`, newEntry);
  if (!kept) return null;
  const { change, draft, restart } = kept;
  const isSending = acting.status === 'sending';

  const add = (event: FormEvent) => {
    event.preventDefault();
    const text = draft.text.trim();
    if (!text) return;
    act(async () => {
      const { at, key } = draft;
      await api.logInExercise(id, { key, text, at: toInstant(at) });
      restart(newEntry());
      onAdded();
    });
  };

  return (
    <form
      className={`${classes.form} ${notPrinted}`}
      onSubmit={add}
      aria-label={t('exercises.log.add')}
    >
      <TextField
        className={classes.text}
        id="operational-excellence-log-text"
        variant="outlined"
        size="small"
        label={t('exercises.log.text')}
        value={draft.text}
        autoComplete="off"
        inputProps={{ maxLength: RECORD_TEXT_MAX.line }}
        onChange={({ target }) => {
          // What is being sent does not change any more.
          if (!isSending) change({ text: target.value });
        }}
        helperText={t('exercises.log.hint')}
      />
      <TimeField
        id="operational-excellence-log-at"
        label={t('exercises.log.at')}
        value={draft.at}
        onChange={at => !isSending && change({ at })}
      />
      <Button type="submit" variant="outlined" aria-disabled={isSending}>
        {isSending ? t('exercises.saving') : t('exercises.log.add')}
      </Button>
      {acting.status === 'failed' && (
        <Alert severity="error" role="alert" className={classes.text}>
          {t('exercises.notSaved', { message: errorText(acting.error) })}
        </Alert>
      )}
    </form>
  );
};

/** The time of an entry; its day only where that is not the day of the one before. */
function timeOf(at: string, before: string | undefined): string {
  const time = DateTime.fromISO(at);
  return before && time.hasSame(DateTime.fromISO(before), 'day')
    ? time.toLocaleString(DateTime.TIME_WITH_SECONDS)
    : time.toLocaleString(DateTime.DATETIME_MED_WITH_SECONDS);
}

/** What happened when, as it was written down. */
export const LogSection = (props: ExerciseSectionProps) => {
  const { allowance, exercise, onChanged } = props;
  const { id, log, startedAt, state } = exercise;
  const pageClasses = usePageStyles();
  const classes = useStyles();
  const { t } = useTexts();
  const isOpen = state === 'running' || state === 'held';
  return (
    <Section title={t('exercises.log.title')}>
      {isOpen && allowance.isAllowed && (
        <NewEntry id={id} onAdded={onChanged} />
      )}
      {isOpen && !allowance.isAllowed && allowance.denial && (
        <div className={pageClasses.note}>{allowance.denial}</div>
      )}
      {log.length > 0 ? (
        <ol className={pageClasses.list} aria-live="polite">
          {log.map(({ at, by, id: entryId, text }, index) => (
            <li key={entryId} className={pageClasses.entry}>
              <div className={pageClasses.head}>
                <time
                  dateTime={at}
                  title={exactInstant(at)}
                  className={classes.time}
                >
                  {timeOf(at, log[index - 1]?.at ?? startedAt ?? undefined)}
                </time>
                <span className={pageClasses.secondary}>
                  <Who who={by} />
                </span>
              </div>
              <div>{text}</div>
            </li>
          ))}
        </ol>
      ) : (
        <div className={pageClasses.note}>
          {isOpen ? t('exercises.log.empty') : t('exercises.log.notYet')}
        </div>
      )}
    </Section>
  );
};
