import { EntityProvider } from '@backstage/plugin-catalog-react';
import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ReactElement } from 'react';
import {
  entityOf,
  FakeOperationalExcellenceApi,
  okService,
  overdueService,
  permissionsThat,
  renderWithApi,
} from '../__testUtils__';
import { EntityOperationalExcellenceCard } from '../entityCard';
import { EntityOperationalExcellenceContent } from '../entityContent';
import { Scorecard } from '../scorecard';
import { announceServiceChange } from './serviceChanges';

const ofEntity = (service: ServiceDetail, element: ReactElement) => (
  <EntityProvider entity={entityOf(service)}>{element}</EntityProvider>
);

const fileButton = () =>
  screen.findByRole('button', { name: 'File improvement' });

async function fileOne(title: string) {
  await userEvent.type(await screen.findByLabelText(/^Title/), title);
  await screen.findByText(/^It goes to/);
  await userEvent.click(await screen.findByRole('button', { name: 'File it' }));
  await screen.findByText('Filed in Built-in tracker');
  await userEvent.click(screen.getByRole('button', { name: 'Close' }));
  await waitFor(() =>
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
  );
}

/** Lets the backend count one more improvement from now on. */
function countOneMore(api: FakeOperationalExcellenceApi) {
  api.contents.services = api.contents.services.map(service => ({
    ...service,
    backlog: { ...service.backlog, openCount: service.backlog.openCount + 1 },
  }));
}

describe('filing', () => {
  it('starts on the card, which then counts it', async () => {
    const service = overdueService();
    const api = new FakeOperationalExcellenceApi({ services: [service] });
    renderWithApi(ofEntity(service, <EntityOperationalExcellenceCard />), api);
    expect(await screen.findByText(/· 12 open/)).toBeVisible();
    await userEvent.click(await fileButton());
    expect(await screen.findByText(`For ${service.title}`)).toBeVisible();
    countOneMore(api);
    await fileOne('Time out sooner');
    expect(await screen.findByText(/· 13 open/)).toBeVisible();
    expect(api.callsOf('fileImprovement')).toEqual([
      [expect.objectContaining({ entityRef: service.entityRef })],
    ]);
    await waitFor(async () => expect(await fileButton()).toHaveFocus());
  });

  it('starts in the tab, whose tickets are then read again', async () => {
    const service = overdueService();
    const api = new FakeOperationalExcellenceApi({ services: [service] });
    renderWithApi(
      ofEntity(service, <EntityOperationalExcellenceContent />),
      api,
    );
    await userEvent.click(await fileButton());
    const before = api.callsOf('getTickets').length;
    await fileOne('Time out sooner');
    await waitFor(() =>
      expect(api.callsOf('getTickets').length).toBeGreaterThan(before),
    );
    expect(api.callsOf('getService')).toHaveLength(2);
  });

  it('starts on the scorecard with the choice of a service', async () => {
    const service = overdueService();
    const api = new FakeOperationalExcellenceApi({ services: [service] });
    renderWithApi(<Scorecard />, api);
    await userEvent.click(await fileButton());
    await userEvent.type(
      await screen.findByRole('textbox', { name: /^Service/ }),
      'pay',
    );
    await userEvent.click(
      await screen.findByRole('option', { name: /Payments/ }),
    );
    const counted = api.callsOf('getRollups').length;
    await fileOne('Time out sooner');
    await waitFor(() =>
      expect(api.callsOf('getRollups')).toHaveLength(counted + 1),
    );
  });

  it('keeps to itself what changed of another service', async () => {
    const service = okService();
    const api = new FakeOperationalExcellenceApi({ services: [service] });
    renderWithApi(ofEntity(service, <EntityOperationalExcellenceCard />), api);
    await fileButton();
    await act(async () => announceServiceChange('component:default/other'));
    expect(api.callsOf('getService')).toHaveLength(1);
    await act(async () => announceServiceChange(service.entityRef));
    await waitFor(() => expect(api.callsOf('getService')).toHaveLength(2));
  });

  // What was decided is remembered for as long as the page lives: these are of
  // services that no other test asks for.
  it('is denied with the reason to whom may not', async () => {
    const service = {
      ...overdueService(),
      entityRef: 'component:default/guarded',
      ownerTitle: 'Team A',
    };
    const api = new FakeOperationalExcellenceApi({ services: [service] });
    renderWithApi(ofEntity(service, <EntityOperationalExcellenceCard />), api, {
      permissions: permissionsThat('DENY'),
    });
    const denied = await fileButton();
    await waitFor(() =>
      expect(denied).toHaveAttribute(
        'title',
        'You may not file improvements of this service: that needs the permission operational-excellence.improvement.create. Ask Team A, who owns it, or whoever manages the permissions of this portal.',
      ),
    );
    expect(denied).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(denied);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('is denied where the permission could not be found out', async () => {
    const service = {
      ...overdueService(),
      entityRef: 'component:default/undecided',
    };
    const api = new FakeOperationalExcellenceApi({ services: [service] });
    renderWithApi(ofEntity(service, <EntityOperationalExcellenceCard />), api, {
      permissions: {
        authorize: async () => {
          throw new Error('the permission backend is away');
        },
      },
    });
    const denied = await fileButton();
    await waitFor(() =>
      expect(denied).toHaveAttribute(
        'title',
        'Whether you may file improvements could not be found out: the permission backend is away',
      ),
    );
  });
});
