import type { TicketItem } from 'backstage-plugin-operational-excellence-common';
import { Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import { useListStyles } from '../useListStyles';

/** How long a ticket has waited, or when it was closed. */
export const TicketAge = (props: { ticket: TicketItem; now: number }) => {
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
