import { screen, within } from '@testing-library/react';
import type { TicketItem } from 'backstage-plugin-operational-excellence-common';
import {
  accessibilityViolations,
  daysAgo,
  FakeOperationalExcellenceApi,
  hostileTicket,
  okService,
  onNarrowScreen,
  renderWithApi,
  ticket,
} from '../../__testUtils__';
import { TicketList } from './TicketList';
import type { TicketView } from './ticketViews';

jest.setTimeout(60_000);

const service = okService();

const renderTickets = (
  tickets: TicketItem[],
  view: TicketView = 'openImprovements',
) =>
  renderWithApi(
    <TicketList
      entityRef={service.entityRef}
      view={view}
      now={Date.now()}
      isKnown
    />,
    new FakeOperationalExcellenceApi({
      services: [service],
      tickets: { [service.entityRef]: tickets },
    }),
  );

describe('tickets', () => {
  it('lead to those who are known to the catalog', async () => {
    renderTickets([
      ticket(1, { assignee: 'user:default/ada' }),
      ticket(2, { assignee: 'grace' }),
    ]);
    expect(await screen.findByRole('link', { name: 'ada' })).toHaveAttribute(
      'href',
      '/catalog/default/user/ada',
    );
    expect(screen.getByRole('cell', { name: 'grace' })).toBeVisible();
  });

  describe('on a narrow screen', () => {
    onNarrowScreen();

    it('are below each other', async () => {
      const { container } = renderTickets([
        ticket(1, {
          state: 'in-progress',
          createdAt: daysAgo(30),
          startedAt: daysAgo(3),
          assignee: 'grace',
        }),
        hostileTicket(),
      ]);
      const list = await screen.findByRole('list');
      expect(screen.queryByRole('table')).not.toBeInTheDocument();
      const item = within(list)
        .getAllByRole('listitem')
        .find(each => within(each).queryByText('Improvement 1'));
      expect(item).toHaveTextContent('30 days');
      expect(item).toHaveTextContent('In progressfor 3 days');
      expect(item).toHaveTextContent('Assigneegrace');
      expect(
        within(list).getByRole('link', { name: /acme\/payments#1\b/ }),
      ).toHaveAttribute('href', 'https://github.com/acme/payments/issues/1');
      expect(
        within(list).queryByRole('link', { name: /acme\/payments#666/ }),
      ).toBeNull();
      expect(container.querySelector('img')).toBeNull();
      expect(await accessibilityViolations(container)).toEqual([]);
    });

    it('say when they were closed', async () => {
      renderTickets(
        [ticket(1, { state: 'done', closedAt: daysAgo(2) })],
        'doneImprovements',
      );
      const list = await screen.findByRole('list');
      expect(
        within(list)
          .getAllByRole('term')
          .map(term => term.textContent),
      ).toEqual(['Closed', 'State', 'Assignee']);
      expect(list).toHaveTextContent('2 days ago');
    });
  });
});
