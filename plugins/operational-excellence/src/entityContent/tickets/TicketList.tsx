import { useApi } from '@backstage/frontend-plugin-api';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { operationalExcellenceApiRef } from '../../api';
import { LoadFailure } from '../../feedback';
import { useServiceChanges } from '../../improvements';
import { LoadMore, usePages } from '../../paging';
import { useTexts } from '../../translation';
import { ListSkeleton } from '../ListSkeleton';
import { Note } from '../Note';
import { useListStyles } from '../useListStyles';
import { TicketRow } from './TicketRow';
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
  const classes = useListStyles();
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
  return (
    <>
      <TableContainer>
        <Table
          size="small"
          className={classes.table}
          aria-label={t(`tab.tickets.${view}`)}
        >
          <TableHead>
            <TableRow>
              <TableCell>{t('tab.tickets.key')}</TableCell>
              <TableCell>{t('tab.tickets.ticketTitle')}</TableCell>
              <TableCell>
                {view === 'doneImprovements'
                  ? t('tab.tickets.closed')
                  : t('tab.tickets.age')}
              </TableCell>
              <TableCell>{t('tab.tickets.ticketState')}</TableCell>
              <TableCell>{t('tab.tickets.assignee')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {list.value.items.map(ticket => (
              <TicketRow
                key={`${ticket.sourceId} ${ticket.id}`}
                ticket={ticket}
                now={now}
                markImprovement={view === 'allOpen'}
              />
            ))}
          </TableBody>
        </Table>
      </TableContainer>
      <LoadMore pages={list.value} more={more} />
    </>
  );
};
