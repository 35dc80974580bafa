import type { TicketItem } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../../translation';
import { useListStyles } from '../useListStyles';

/** How the tracker labels a ticket. */
export const TicketLabels = (props: {
  ticket: TicketItem;
  markImprovement: boolean;
}) => {
  const { markImprovement, ticket } = props;
  const classes = useListStyles();
  const { t } = useTexts();
  const isMarked = markImprovement && ticket.improvement;
  if (!ticket.labels.length && !isMarked) return null;
  return (
    <div className={classes.secondary}>
      {isMarked && <strong>{t('tab.tickets.improvement')} </strong>}
      {ticket.labels.join(', ')}
    </div>
  );
};
