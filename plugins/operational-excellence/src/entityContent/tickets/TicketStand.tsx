import type { TicketItem } from 'backstage-plugin-operational-excellence-common';
import { Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import { useListStyles } from '../useListStyles';

/** The state of a ticket, and since when it is in progress. */
export const TicketStand = (props: { ticket: TicketItem; now: number }) => {
  const { now, ticket } = props;
  const classes = useListStyles();
  const words = useTimeWords();
  const { t } = useTexts();
  return (
    <>
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
    </>
  );
};
