import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import {
  entityRouteRef,
  MockStarredEntitiesApi,
  starredEntitiesApiRef,
} from '@backstage/plugin-catalog-react';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  allServices,
  entityOf,
  FakeOperationalExcellenceApi,
  menuPage,
  overdueService,
  permissionsThat,
  sources,
} from './__testUtils__';
import plugin, { operationalExcellenceApiRef } from '.';

jest.setTimeout(30_000);

const api = () =>
  new FakeOperationalExcellenceApi({
    services: allServices(),
    sources: sources(),
  });

const LAZY = { timeout: 20_000 };

function renderPortal(url: string) {
  return renderTestApp({
    features: [plugin],
    initialRouteEntries: [url],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [
      [operationalExcellenceApiRef, api()],
      [permissionApiRef, permissionsThat('ALLOW')],
      [starredEntitiesApiRef, new MockStarredEntitiesApi()],
      mockApis.identity(),
    ],
  });
}

function renderOnEntityPage(
  extension: Parameters<typeof plugin.getExtension>[0],
) {
  return renderTestApp({
    extensions: [
      createTestEntityPage({ entity: entityOf(overdueService()) }),
      plugin.getExtension(extension),
    ],
    apis: [
      [operationalExcellenceApiRef, api()],
      [permissionApiRef, permissionsThat('ALLOW')],
    ],
  });
}

describe('the plugin in the new frontend system', () => {
  beforeAll(() => {
    // jsdom lays nothing out, so there is nothing to scroll.
    Element.prototype.scrollIntoView = () => {};
  });

  it('leads from its page to the scorecard', async () => {
    renderPortal('/operational-excellence');
    expect(
      await screen.findByRole('rowheader', { name: 'Payments' }, LAZY),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('tab', { name: 'Sources' }));
    expect(await screen.findByText('GitHub', {}, LAZY)).toBeVisible();
  });

  it('shows what a shared address names', async () => {
    renderPortal('/operational-excellence/scorecard?q=refunds');
    expect(
      await screen.findByRole('rowheader', { name: 'Refunds' }, LAZY),
    ).toBeVisible();
    expect(screen.queryByText('Payments')).not.toBeInTheDocument();
  });

  it('has a card for entities', async () => {
    renderOnEntityPage('entity-card:operational-excellence');
    expect(
      await screen.findByText(/has waited 400 days/, {}, LAZY),
    ).toBeVisible();
  });

  it('has a tab for entities', async () => {
    renderOnEntityPage('entity-content:operational-excellence');
    expect(
      await screen.findByText('Open improvements', { selector: 'dt' }, LAZY),
    ).toBeVisible();
  });

  it('has an item in the menu of entities that files an improvement', async () => {
    const backend = api();
    renderTestApp({
      features: [plugin],
      extensions: [menuPage(entityOf(overdueService()))],
      apis: [
        [operationalExcellenceApiRef, backend],
        [permissionApiRef, permissionsThat('ALLOW')],
        mockApis.identity(),
      ],
    });
    const item = await screen.findByRole(
      'button',
      { name: 'File improvement' },
      LAZY,
    );
    await waitFor(() => expect(item).toBeEnabled());
    await userEvent.click(item);
    await userEvent.type(
      await screen.findByLabelText(/^Title/, {}, LAZY),
      'Time out sooner',
    );
    await screen.findByText(/^It goes to/);
    await userEvent.click(screen.getByRole('button', { name: 'File it' }));
    expect(await screen.findByText('Filed in Built-in tracker')).toBeVisible();
    expect(backend.callsOf('fileImprovement')).toEqual([
      [expect.objectContaining({ entityRef: overdueService().entityRef })],
    ]);
  });
});
