import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import type { Lesson } from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../api';
import { ListSkeleton } from '../entityContent/ListSkeleton';
import { Note } from '../entityContent/Note';
import { Section } from '../entityContent/Section';
import { LoadFailure } from '../feedback';
import { useFindingStyles } from '../findings/useFindingStyles';
import { useServiceChanges } from '../improvements';
import { LoadMore, usePages } from '../paging';
import { rootRouteRef } from '../routes';
import { useNow } from '../time';
import { useTexts } from '../translation';
import { usePagePath } from '../usePagePath';
import { LessonEntry } from './LessonEntry';

const PAGE_SIZE = 5;

/** What the findings of a service teach, and the way to those of all services. */
export const ServiceLessons = (props: { entityRef: string }) => {
  const { entityRef } = props;
  const api = useApi(operationalExcellenceApiRef);
  const classes = useFindingStyles();
  const now = useNow();
  const root = usePagePath(rootRouteRef);
  const { t } = useTexts();
  const changes = useServiceChanges(entityRef);
  const { list, more } = usePages<Lesson>(
    `${entityRef} ${changes}`,
    (cursor, signal) =>
      api.getLessons({ entityRef, limit: PAGE_SIZE, cursor }, { signal }),
  );
  const content = () => {
    if (list.status === 'loading') {
      return <ListSkeleton label={t('findings.lessons.loading')} />;
    }
    if (list.status !== 'ready') return <LoadFailure failure={list} />;
    if (list.value.items.length === 0) {
      return <Note>{t('findings.lessons.empty')}</Note>;
    }
    return (
      <>
        <ul className={classes.list} aria-label={t('findings.lessons.title')}>
          {list.value.items.map(lesson => (
            <LessonEntry key={lesson.id} lesson={lesson} now={now} />
          ))}
        </ul>
        <LoadMore pages={list.value} more={more} />
      </>
    );
  };
  return (
    <Section title={t('findings.lessons.ofService')}>
      {content()}
      {root !== undefined && (
        <Note>
          <Link to={`${root.replace(/\/$/, '')}/lessons`}>
            {t('findings.lessons.allOfOrganisation')}
          </Link>
        </Note>
      )}
    </Section>
  );
};
