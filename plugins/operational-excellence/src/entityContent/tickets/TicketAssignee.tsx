import type { TicketItem } from 'backstage-plugin-operational-excellence-common';
import { Who } from '../../exercises/words';
import { useTexts } from '../../translation';
import { useListStyles } from '../useListStyles';

/** Who works on a ticket, by the name that the tracker has for them. */
export const TicketAssignee = (props: { ticket: TicketItem }) => {
  const { assignee } = props.ticket;
  const classes = useListStyles();
  const { t } = useTexts();
  return assignee ? (
    <Who who={assignee} />
  ) : (
    <span className={classes.secondary}>{t('tab.tickets.unassigned')}</span>
  );
};
