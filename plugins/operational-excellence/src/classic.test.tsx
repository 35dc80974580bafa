import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ReactElement } from 'react';
import { Route, Routes } from 'react-router-dom';
import {
  EntityOperationalExcellenceCard,
  EntityOperationalExcellenceContent,
  OperationalExcellenceClient,
  operationalExcellenceApiRef,
  OperationalExcellencePage,
  operationalExcellencePlugin,
} from '.';
import {
  allServices,
  entityOf,
  FakeOperationalExcellenceApi,
  overdueService,
  permissionsThat,
  sources,
} from './__testUtils__';

jest.setTimeout(30_000);

const LAZY = { timeout: 20_000 };

function renderInPortal(element: ReactElement, url = '/') {
  const api = new FakeOperationalExcellenceApi({
    services: allServices(),
    sources: sources(),
  });
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [operationalExcellenceApiRef, api],
        [permissionApiRef, permissionsThat('ALLOW')],
      ]}
    >
      <EntityProvider entity={entityOf(overdueService())}>
        {element}
      </EntityProvider>
    </TestApiProvider>,
    {
      routeEntries: [url],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
}

describe('the plugin in the classic frontend system', () => {
  it('brings its API along', () => {
    const [factory] = [...operationalExcellencePlugin.getApis()];
    expect(factory.api.id).toBe(operationalExcellenceApiRef.id);
    expect(
      factory.factory({
        discoveryApi: { getBaseUrl: async () => 'http://localhost' },
        fetchApi: { fetch },
      }),
    ).toBeInstanceOf(OperationalExcellenceClient);
  });

  it('has a page with a scorecard and the sources', async () => {
    await renderInPortal(
      <Routes>
        <Route
          path="/operational-excellence/*"
          element={<OperationalExcellencePage />}
        />
      </Routes>,
      '/operational-excellence',
    );
    expect(
      await screen.findByRole('rowheader', { name: 'Payments' }, LAZY),
    ).toBeVisible();
    expect(
      screen.getByRole('heading', { level: 1, name: 'Operational excellence' }),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('tab', { name: 'Sources' }));
    expect(await screen.findByText('GitHub', {}, LAZY)).toBeVisible();
  });

  it('shows what a shared address names', async () => {
    await renderInPortal(
      <Routes>
        <Route
          path="/operational-excellence/*"
          element={<OperationalExcellencePage />}
        />
      </Routes>,
      '/operational-excellence/scorecard?q=refunds',
    );
    expect(
      await screen.findByRole('rowheader', { name: 'Refunds' }, LAZY),
    ).toBeVisible();
    expect(screen.queryByText('Payments')).not.toBeInTheDocument();
  });

  it('has a card for entities', async () => {
    await renderInPortal(<EntityOperationalExcellenceCard />);
    expect(
      await screen.findByText(/has waited 400 days/, {}, LAZY),
    ).toBeVisible();
  });

  it('has a tab for entities', async () => {
    await renderInPortal(
      <Routes>
        <Route path="/tab" element={<EntityOperationalExcellenceContent />} />
      </Routes>,
      '/tab',
    );
    expect(
      await screen.findByText('Open improvements', { selector: 'dt' }, LAZY),
    ).toBeVisible();
  });
});
