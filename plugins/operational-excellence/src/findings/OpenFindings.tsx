import { useApi } from '@backstage/frontend-plugin-api';
import type { Finding } from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../api';
import { ListSkeleton } from '../entityContent/ListSkeleton';
import { Note } from '../entityContent/Note';
import { Section } from '../entityContent/Section';
import { LoadFailure } from '../feedback';
import { useServiceChanges } from '../improvements';
import { LoadMore, usePages } from '../paging';
import { useNow } from '../time';
import { useTexts } from '../translation';
import { FindingList } from './FindingList';
import { useFindingDialogs } from './useFindingDialogs';

const PAGE_SIZE = 5;

/** What waits for somebody to file an improvement, of the whole organisation. */
export const OpenFindings = () => {
  const api = useApi(operationalExcellenceApiRef);
  const now = useNow();
  const { t } = useTexts();
  const dialogs = useFindingDialogs();
  const changes = useServiceChanges();
  const { list, more } = usePages<Finding>(
    `open ${changes}`,
    (cursor, signal) =>
      api.getFindings(
        { stage: ['open'], sort: 'severity', limit: PAGE_SIZE, cursor },
        { signal },
      ),
  );

  const content = () => {
    if (list.status === 'loading') {
      return <ListSkeleton label={t('findings.loading')} />;
    }
    if (list.status !== 'ready') return <LoadFailure failure={list} />;
    if (list.value.items.length === 0) {
      return <Note>{t('findings.emptyOpenOfAll')}</Note>;
    }
    return (
      <>
        <Note>{t('findings.openOfAllAbout')}</Note>
        <FindingList
          findings={list.value.items}
          now={now}
          hasService
          onAct={dialogs.act}
        />
        <LoadMore pages={list.value} more={more} />
      </>
    );
  };
  return (
    <Section title={t('findings.openOfAll')}>
      {content()}
      {dialogs.dialog}
    </Section>
  );
};
