import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { Lesson } from 'backstage-plugin-operational-excellence-common';
import { Markdown } from '../entityContent/loop/Markdown';
import { Who } from '../exercises';
import {
  FindingStageLabel,
  OriginLink,
  SeverityLabel,
  TagList,
} from '../findings';
import { useFindingStyles } from '../findings/useFindingStyles';
import { Moment, useTimeWords } from '../time';
import { useTexts } from '../translation';

/** What others can learn from a finding, and what that was. */
export const LessonEntry = (props: {
  lesson: Lesson;
  now: number;
  /** Where the lessons of several services are shown. */
  hasService?: boolean;
  onChooseTag?: (tag: string) => void;
}) => {
  const { hasService, lesson, now, onChooseTag } = props;
  const { createdAt, createdBy } = lesson;
  const classes = useFindingStyles();
  const words = useTimeWords();
  const { t } = useTexts();
  return (
    <li className={classes.entry}>
      <Markdown content={lesson.lesson} />
      <div>
        <p className={classes.label}>{t('findings.lessons.finding')}</p>
        <Markdown content={lesson.text} />
      </div>
      <TagList tags={lesson.tags} onChoose={onChooseTag} />
      <div className={classes.head}>
        {hasService && (
          <EntityRefLink
            entityRef={lesson.entityRef}
            title={lesson.entityTitle}
          />
        )}
        <SeverityLabel severity={lesson.severity} />
        <FindingStageLabel stage={lesson.stage} />
      </div>
      <div className={classes.secondary}>
        {`${t('findings.foundIn')} `}
        <OriginLink origin={lesson.origin} />
        {', '}
        <Moment instant={createdAt}>
          {t('findings.foundBy', { ago: words.ago(createdAt, now) })}
        </Moment>{' '}
        <Who who={createdBy} />
      </div>
    </li>
  );
};
