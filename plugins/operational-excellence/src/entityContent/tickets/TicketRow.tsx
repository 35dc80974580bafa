import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import type { TicketItem } from 'backstage-plugin-operational-excellence-common';
import { ExternalLink } from '../ExternalLink';
import { useListStyles } from '../useListStyles';
import { TicketAge } from './TicketAge';
import { TicketAssignee } from './TicketAssignee';
import { TicketLabels } from './TicketLabels';
import { TicketStand } from './TicketStand';

/** One ticket; all of its text comes from outside. */
export const TicketRow = (props: {
  ticket: TicketItem;
  now: number;
  markImprovement: boolean;
}) => {
  const { ticket, now, markImprovement } = props;
  const classes = useListStyles();
  return (
    <TableRow>
      <TableCell className={classes.short}>
        <ExternalLink url={ticket.url}>{ticket.key}</ExternalLink>
      </TableCell>
      <TableCell
        component="th"
        scope="row"
        role="rowheader"
        className={classes.text}
      >
        {ticket.title}
        <TicketLabels ticket={ticket} markImprovement={markImprovement} />
      </TableCell>
      <TableCell className={classes.word}>
        <TicketAge ticket={ticket} now={now} />
      </TableCell>
      <TableCell className={classes.word}>
        <TicketStand ticket={ticket} now={now} />
      </TableCell>
      <TableCell className={classes.short}>
        <TicketAssignee ticket={ticket} />
      </TableCell>
    </TableRow>
  );
};
