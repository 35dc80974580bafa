import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { useTexts } from '../../translation';
import { useListStyles } from '../useListStyles';
import { TicketRow } from './TicketRow';
import { marksImprovements, TicketsProps } from './TicketsProps';

/** Tickets as a table. */
export const TicketTable = (props: TicketsProps) => {
  const { now, tickets, view } = props;
  const classes = useListStyles();
  const { t } = useTexts();
  return (
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
          {tickets.map(ticket => (
            <TicketRow
              key={`${ticket.sourceId} ${ticket.id}`}
              ticket={ticket}
              now={now}
              markImprovement={marksImprovements(view)}
            />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
};
