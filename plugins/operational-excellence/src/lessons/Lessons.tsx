import { useApi } from '@backstage/frontend-plugin-api';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import type {
  Lesson,
  LessonPage,
} from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { operationalExcellenceApiRef } from '../api';
import { ListSkeleton } from '../entityContent/ListSkeleton';
import { Note } from '../entityContent/Note';
import { LoadFailure } from '../feedback';
import { useFindingStyles } from '../findings/useFindingStyles';
import { LoadMore, usePages } from '../paging';
import { useNow } from '../time';
import { useTexts } from '../translation';
import { LessonEntry } from './LessonEntry';
import { LessonFilters } from './LessonFilters';
import { isNarrowed, LessonsView } from './lessonsView';
import { ChangeLessons, useLessonsView } from './useLessonsView';

const PAGE_SIZE = 20;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'minmax(0, 1fr)',
    fontFamily: theme.typography.fontFamily,
  },
  outdated: { opacity: 0.6 },
}));

const LessonList = (props: {
  view: LessonsView;
  onChange: ChangeLessons;
  onTags: (tags: LessonPage['tags']) => void;
}) => {
  const { onChange, onTags, view } = props;
  const classes = useStyles();
  const findingClasses = useFindingStyles();
  const api = useApi(operationalExcellenceApiRef);
  const now = useNow();
  const { t } = useTexts();
  const query = {
    q: view.q || undefined,
    tag: view.tags,
    severity: view.severities,
    origin: view.origins,
    owner: view.owners,
    limit: PAGE_SIZE,
  };
  const key = JSON.stringify(query);
  const { list, more } = usePages<Lesson>(key, async (cursor, signal) => {
    const page = await api.getLessons({ ...query, cursor }, { signal });
    if (!signal.aborted) onTags(page.tags);
    return page;
  });
  if (list.status === 'loading') {
    return <ListSkeleton label={t('findings.lessons.loading')} />;
  }
  if (list.status !== 'ready') return <LoadFailure failure={list} />;
  const isOutdated = list.value.key !== key;
  if (!list.value.items.length && !isOutdated) {
    return (
      <Note>
        {isNarrowed(view)
          ? t('findings.lessons.emptyFiltered')
          : t('findings.lessons.empty')}
      </Note>
    );
  }
  return (
    <div
      aria-busy={isOutdated}
      className={isOutdated ? classes.outdated : undefined}
    >
      <ul
        className={findingClasses.list}
        aria-label={t('findings.lessons.title')}
      >
        {list.value.items.map(lesson => (
          <LessonEntry
            key={lesson.id}
            lesson={lesson}
            now={now}
            hasService
            onChooseTag={tag => onChange({ tags: [tag] })}
          />
        ))}
      </ul>
      <LoadMore pages={list.value} more={more} />
    </div>
  );
};

/** What the findings of the organisation teach, searched and filtered. */
export const Lessons = () => {
  const classes = useStyles();
  const [view, change] = useLessonsView();
  const [tags, setTags] = useState<LessonPage['tags']>();
  return (
    <div className={classes.root}>
      <LessonFilters view={view} tags={tags} onChange={change} />
      <Paper>
        <LessonList view={view} onChange={change} onTags={setTags} />
      </Paper>
    </div>
  );
};
