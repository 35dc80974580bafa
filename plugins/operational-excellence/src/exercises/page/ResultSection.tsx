import { Markdown } from '../../entityContent/loop/Markdown';
import { Section } from '../../entityContent/Section';
import { useTexts } from '../../translation';
import { OutcomeLabel } from '../words';
import type { ExerciseSectionProps } from './ExercisePage';
import { usePageStyles } from './usePageStyles';

/** What came of it. */
export const ResultSection = (props: ExerciseSectionProps) => {
  const { hypothesis, hypothesisBound, outcome, surprises } = props.exercise;
  const classes = usePageStyles();
  const { t } = useTexts();
  if (!outcome) return null;
  return (
    <Section title={t('exercises.result')}>
      <dl className={classes.facts}>
        <dt>{t('exercises.field.outcome')}</dt>
        <dd>
          <OutcomeLabel outcome={outcome} />
          {hypothesis && (
            <div className={classes.secondary}>
              {hypothesis}
              {hypothesisBound && ` (${hypothesisBound})`}
            </div>
          )}
        </dd>
        <dt>{t('exercises.field.surprises')}</dt>
        <dd>
          {surprises ? (
            <Markdown content={surprises} />
          ) : (
            t('exercises.noSurprises')
          )}
        </dd>
      </dl>
    </Section>
  );
};
