import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { useTexts } from '../../translation';
import { backlogKnowledge } from '../backlog';
import { Section } from '../Section';
import { TicketList } from './TicketList';
import { TICKET_VIEWS, TicketView } from './ticketViews';

/** The tickets of a service, where it names a tracker. */
export const TicketsSection = (props: {
  service: ServiceDetail;
  now: number;
}) => {
  const { service, now } = props;
  const { t } = useTexts();
  const [view, setView] = useState<TicketView>('openImprovements');
  const knowledge = backlogKnowledge(service);

  if (knowledge === 'not-configured') return null;
  return (
    <Section
      title={t('tab.tickets.title')}
      action={
        <TextField
          id="operational-excellence-tickets"
          select
          size="small"
          variant="outlined"
          margin="dense"
          label={t('tab.tickets.show')}
          value={view}
          onChange={({ target }) => setView(target.value as TicketView)}
          SelectProps={{
            SelectDisplayProps: {
              'aria-labelledby':
                'operational-excellence-tickets-label operational-excellence-tickets',
            },
          }}
          InputLabelProps={{ id: 'operational-excellence-tickets-label' }}
        >
          {TICKET_VIEWS.map(each => (
            <MenuItem key={each} value={each}>
              {t(`tab.tickets.${each}`)}
            </MenuItem>
          ))}
        </TextField>
      }
    >
      <TicketList
        // No list is ever shown under the name of another one.
        key={view}
        entityRef={service.entityRef}
        view={view}
        now={now}
        isKnown={knowledge === 'known'}
      />
    </Section>
  );
};
