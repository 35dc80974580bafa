import { catalogPlugin, EntityLayout } from '@backstage/plugin-catalog';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
  MockStarredEntitiesApi,
  starredEntitiesApiRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ReactElement, ReactNode } from 'react';
import { Route, Routes } from 'react-router-dom';
import {
  EntityOperationalExcellenceCard,
  EntityOperationalExcellenceContent,
  OperationalExcellenceClient,
  operationalExcellenceApiRef,
  OperationalExcellencePage,
  operationalExcellencePlugin,
  useFileImprovementContextMenu,
} from '.';
import {
  allServices,
  entityOf,
  FakeOperationalExcellenceApi,
  overdueService,
  permissionsThat,
  sources,
} from './__testUtils__';

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
        [catalogApiRef, catalogApiMock()],
        [starredEntitiesApiRef, new MockStarredEntitiesApi()],
      ]}
    >
      <EntityProvider entity={entityOf(overdueService())}>
        {element}
      </EntityProvider>
    </TestApiProvider>,
    {
      routeEntries: [url],
      mountedRoutes: {
        '/catalog': catalogPlugin.routes.catalogIndex,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
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

  it('has an item for the menu of entities', async () => {
    const Layout = (props: { children?: ReactNode }) => {
      const { items, dialog } = useFileImprovementContextMenu();
      return (
        <>
          <EntityLayout UNSTABLE_extraContextMenuItems={items}>
            {props.children}
          </EntityLayout>
          {dialog}
        </>
      );
    };
    await renderInPortal(
      <Layout>
        <EntityLayout.Route path="/" title="Overview">
          <div>About it</div>
        </EntityLayout.Route>
      </Layout>,
    );
    expect(await screen.findByText('About it')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'More actions' }));
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'File improvement' }),
    );
    expect(await screen.findByText('For payments', {}, LAZY)).toBeVisible();
    await userEvent.type(await screen.findByLabelText(/^Title/), 'Time out');
    await screen.findByText(/^It goes to/);
    await userEvent.click(screen.getByRole('button', { name: 'File it' }));
    await screen.findByText('Filed in Built-in tracker');
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });
});
