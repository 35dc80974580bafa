import { useApi } from '@backstage/frontend-plugin-api';
import { operationalExcellenceApiRef } from '../../api';
import { LoadFailure } from '../../feedback';
import { useServiceChanges } from '../../improvements';
import { LoadMore, usePages } from '../../paging';
import { useIsNarrow } from '../../scorecard/useIsNarrow';
import { useTexts } from '../../translation';
import { ListSkeleton } from '../ListSkeleton';
import { Note } from '../Note';
import { TicketItems } from './TicketItems';
import { TicketTable } from './TicketTable';
import { ticketQueries, TicketView } from './ticketViews';

const PAGE_SIZE = 20;

/** One list of tickets, page by page. */
export const TicketList = (props: {
  entityRef: string;
  view: TicketView;
  now: number;
  /** Whether the source answers, so that none means none. */
  isKnown: boolean;
}) => {
  const { entityRef, view, now, isKnown } = props;
  const api = useApi(operationalExcellenceApiRef);
  const isNarrow = useIsNarrow();
  const { t } = useTexts();
  const changes = useServiceChanges(entityRef);
  const { list, more } = usePages(
    `${entityRef} ${view} ${changes}`,
    (cursor, signal) =>
      api.getTickets(
        entityRef,
        { ...ticketQueries[view], limit: PAGE_SIZE, cursor },
        { signal },
      ),
  );

  if (list.status === 'loading') {
    return <ListSkeleton label={t('tab.tickets.loading')} />;
  }
  if (list.status !== 'ready') return <LoadFailure failure={list} />;
  if (!list.value.items.length) {
    return (
      <Note>
        {isKnown ? t('tab.tickets.empty') : t('tab.tickets.notKnown')}
      </Note>
    );
  }
  const shown = { tickets: list.value.items, view, now };
  return (
    <>
      {isNarrow ? <TicketItems {...shown} /> : <TicketTable {...shown} />}
      <LoadMore pages={list.value} more={more} />
    </>
  );
};
