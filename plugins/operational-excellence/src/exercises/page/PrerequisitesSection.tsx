import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import { operationalExcellenceApiRef } from '../../api';
import { Section } from '../../entityContent/Section';
import { errorText } from '../../feedback';
import { useTexts } from '../../translation';
import { isConflict } from '../conflicts';
import { useAct } from '../useAct';
import type { ExerciseSectionProps } from './ExercisePage';
import { usePageStyles } from './usePageStyles';

interface Tick {
  index: number;
  text: string;
  done: boolean;
}

/** What has to be done before it begins, ticked off in place. */
export const PrerequisitesSection = (props: ExerciseSectionProps) => {
  const { allowance, exercise, onChanged } = props;
  const { id, prerequisites, state, version } = exercise;
  const api = useApi(operationalExcellenceApiRef);
  const classes = usePageStyles();
  const { t } = useTexts();
  const [acting, act] = useAct();
  const [tick, setTick] = useState<Tick>();
  if (!prerequisites.length) return null;

  const isSending = acting.status === 'sending';
  const mayTick = allowance.isAllowed && state !== 'cancelled';
  /** Where it stands now: somebody else may have moved it. */
  const placeOf = ({ index, text }: Tick) =>
    prerequisites[index]?.text === text
      ? index
      : prerequisites.findIndex(each => each.text === text);

  const save = (wanted: Tick) => {
    setTick(wanted);
    act(async () => {
      const place = placeOf(wanted);
      try {
        await api.changeExercise(id, {
          version,
          prerequisites: prerequisites.map((each, index) =>
            index === place ? { ...each, done: wanted.done } : each,
          ),
        });
      } catch (error) {
        if (isConflict(error)) onChanged();
        throw error;
      }
      onChanged();
    });
  };

  return (
    <Section title={t('exercises.field.prerequisites')}>
      <ul className={classes.list}>
        {prerequisites.map(({ done, text }, index) => {
          // Ticked at once; what is refused is unticked again.
          const isWanted = isSending && tick?.index === index;
          return (
            <li key={index} className={classes.entry}>
              <FormControlLabel
                control={
                  <Checkbox
                    size="small"
                    color="primary"
                    checked={isWanted && tick ? tick.done : done}
                    disabled={!mayTick}
                    onChange={(_, checked) => {
                      if (!isSending) save({ index, text, done: checked });
                    }}
                  />
                }
                label={text}
              />
            </li>
          );
        })}
      </ul>
      {!allowance.isAllowed && allowance.denial && (
        <div className={classes.note}>{allowance.denial}</div>
      )}
      {acting.status === 'failed' && tick && (
        <Alert
          severity="error"
          role="alert"
          action={
            placeOf(tick) >= 0 && (
              <Button size="small" color="inherit" onClick={() => save(tick)}>
                {t('exercises.tickAgain')}
              </Button>
            )
          }
        >
          {t('exercises.notTicked', {
            prerequisite: tick.text,
            message: errorText(acting.error),
          })}
        </Alert>
      )}
    </Section>
  );
};
