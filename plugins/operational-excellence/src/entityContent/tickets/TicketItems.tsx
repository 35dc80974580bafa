import { useTexts } from '../../translation';
import { ExternalLink } from '../ExternalLink';
import { useRecordStyles } from '../useRecordStyles';
import { TicketAge } from './TicketAge';
import { TicketAssignee } from './TicketAssignee';
import { TicketLabels } from './TicketLabels';
import { marksImprovements, TicketsProps } from './TicketsProps';
import { TicketStand } from './TicketStand';

/** Tickets below each other, where there is no room for a table. */
export const TicketItems = (props: TicketsProps) => {
  const { now, tickets, view } = props;
  const classes = useRecordStyles();
  const { t } = useTexts();
  return (
    <ul className={classes.list} aria-label={t(`tab.tickets.${view}`)}>
      {tickets.map(ticket => (
        <li key={`${ticket.sourceId} ${ticket.id}`} className={classes.record}>
          <ExternalLink url={ticket.url}>{ticket.key}</ExternalLink>
          <div>
            <span className={classes.name}>{ticket.title}</span>
            <TicketLabels
              ticket={ticket}
              markImprovement={marksImprovements(view)}
            />
          </div>
          <dl className={classes.facts}>
            <dt>
              {view === 'doneImprovements'
                ? t('tab.tickets.closed')
                : t('tab.tickets.age')}
            </dt>
            <dd>
              <TicketAge ticket={ticket} now={now} />
            </dd>
            <dt>{t('tab.tickets.ticketState')}</dt>
            <dd>
              <TicketStand ticket={ticket} now={now} />
            </dd>
            <dt>{t('tab.tickets.assignee')}</dt>
            <dd>
              <TicketAssignee ticket={ticket} />
            </dd>
          </dl>
        </li>
      ))}
    </ul>
  );
};
