import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import type { TicketItem } from 'backstage-plugin-operational-excellence-common';
import { Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import { ExternalLink } from '../ExternalLink';
import { useListStyles } from '../useListStyles';

/** How long a ticket has waited, or when it was closed. */
const TicketAge = (props: { ticket: TicketItem; now: number }) => {
  const { ticket, now } = props;
  const classes = useListStyles();
  const words = useTimeWords();
  const { t } = useTexts();
  if (ticket.state !== 'done' || !ticket.closedAt) {
    return (
      <Moment instant={ticket.createdAt}>
        {words.age(ticket.createdAt, now)}
      </Moment>
    );
  }
  return (
    <>
      <Moment instant={ticket.closedAt}>
        {words.ago(ticket.closedAt, now)}
      </Moment>
      <div className={classes.secondary}>
        {t('tab.tickets.waited', {
          age: words.age(ticket.createdAt, Date.parse(ticket.closedAt)),
        })}
      </div>
    </>
  );
};

/** One ticket; all of its text comes from outside. */
export const TicketRow = (props: {
  ticket: TicketItem;
  now: number;
  /** Whether to say that it is an improvement, among others that are none. */
  markImprovement: boolean;
}) => {
  const { ticket, now, markImprovement } = props;
  const classes = useListStyles();
  const words = useTimeWords();
  const { t } = useTexts();
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
        {(ticket.labels.length > 0 ||
          (markImprovement && ticket.improvement)) && (
          <div className={classes.secondary}>
            {markImprovement && ticket.improvement && (
              <strong>{t('tab.tickets.improvement')} </strong>
            )}
            {ticket.labels.join(', ')}
          </div>
        )}
      </TableCell>
      <TableCell className={classes.word}>
        <TicketAge ticket={ticket} now={now} />
      </TableCell>
      <TableCell className={classes.word}>
        {t(`tab.tickets.${ticket.state}`)}
        {ticket.state === 'in-progress' && ticket.startedAt && (
          <div className={classes.secondary}>
            <Moment instant={ticket.startedAt}>
              {t('tab.tickets.in-progress-for', {
                age: words.age(ticket.startedAt, now),
              })}
            </Moment>
          </div>
        )}
      </TableCell>
      <TableCell className={classes.short}>
        {ticket.assignee ?? (
          <span className={classes.secondary}>
            {t('tab.tickets.unassigned')}
          </span>
        )}
      </TableCell>
    </TableRow>
  );
};
