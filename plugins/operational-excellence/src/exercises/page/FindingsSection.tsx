import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Markdown } from '../../entityContent/loop/Markdown';
import { Section } from '../../entityContent/Section';
import { operationalExcellenceTranslationRef } from '../../translation';
import type { ExerciseSectionProps } from './ExercisePage';
import { usePageStyles } from './usePageStyles';

/** What the exercise brought to light. */
export const FindingsSection = (props: ExerciseSectionProps) => {
  const { findings } = props.exercise;
  const classes = usePageStyles();
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  return (
    <Section title={t('exercises.findings')}>
      {findings.length > 0 ? (
        <ul className={classes.list}>
          {findings.map(({ id, text }) => (
            <li key={id} className={classes.entry}>
              <Markdown content={text} />
            </li>
          ))}
        </ul>
      ) : (
        <div className={classes.note}>{t('exercises.noFindings')}</div>
      )}
    </Section>
  );
};
