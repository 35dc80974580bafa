import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  accessibilityViolations,
  FakeContents,
  FakeOperationalExcellenceApi,
  refusal,
  renderWithApi,
  sources,
  unmapped,
  watchCopies,
} from '../__testUtils__';
import { Sources } from './Sources';

const GITHUB = 'github:github.com';

function renderSources(contents: FakeContents, options: { url?: string } = {}) {
  const api = new FakeOperationalExcellenceApi(contents);
  return { api, ...renderWithApi(<Sources />, api, options) };
}

describe('unmapped services', () => {
  const copies = watchCopies();
  const contents = (): FakeContents => ({
    sources: sources(),
    unmapped: {
      ticket: [
        unmapped('payments', {
          suggestions: [
            {
              annotation: 'github.com/project-slug',
              value: 'acme/payments',
              sourceId: GITHUB,
              source: 'GitHub',
            },
          ],
        }),
        unmapped('search'),
      ],
      experiment: [unmapped('mail')],
    },
  });
  const url = '/?view=unmapped';
  const items = async () =>
    within(
      await screen.findByRole('list', { name: 'Unmapped services' }),
    ).getAllByRole('listitem');

  it('are one click away', async () => {
    const { api } = renderSources(contents());
    await userEvent.click(
      await screen.findByRole('tab', { name: 'Unmapped services' }),
    );
    expect(await items()).toHaveLength(2);
    expect(api.callsOf('getUnmappedServices')).toEqual([
      [{ kind: 'ticket', limit: 20 }],
    ]);
    await userEvent.click(
      screen.getByRole('tab', { name: 'Connected sources' }),
    );
    expect(await screen.findByRole('region', { name: 'GitHub' })).toBeVisible();
  });

  it('come with an annotation to copy', async () => {
    const { container } = renderSources(contents(), { url });
    const [payments, search] = await items();
    expect(payments).toHaveTextContent('Suggested by GitHub');
    await userEvent.click(
      within(payments).getByRole('button', {
        name: 'Copy acme/payments for payments',
      }),
    );
    expect(copies()).toEqual([
      'metadata:\n  annotations:\n    github.com/project-slug: acme/payments',
    ]);
    expect(search).toHaveTextContent('No source has a suggestion.');
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('come with the tag for experiments', async () => {
    renderSources(contents(), { url });
    await items();
    await userEvent.click(screen.getByLabelText('What is missing'));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Experiments' }),
    );
    expect(
      await screen.findByText(
        'backstage.io/entity-ref: component:default/mail',
      ),
    ).toBeVisible();
    expect(screen.queryByText('search')).not.toBeInTheDocument();
  });

  it('can be searched', async () => {
    const { api } = renderSources(contents(), { url });
    await items();
    await userEvent.type(screen.getByLabelText('Find a service'), 'sea');
    expect(await screen.findByText('1 of 1')).toBeVisible();
    expect(api.callsOf('getUnmappedServices').at(-1)).toEqual([
      { kind: 'ticket', q: 'sea', limit: 20 },
    ]);
    await userEvent.type(screen.getByLabelText('Find a service'), 'x');
    expect(
      await screen.findByText('No such service is unmapped.'),
    ).toBeVisible();
  });

  it('come page by page', async () => {
    renderSources(
      {
        unmapped: {
          ticket: Array.from({ length: 30 }, (_, n) => unmapped(`s-${n}`)),
          experiment: [],
        },
      },
      { url },
    );
    expect(await screen.findByText('20 of 30')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    expect(await screen.findByText('30 of 30')).toBeVisible();
  });

  it('are none where every service names something', async () => {
    renderSources({}, { url });
    expect(
      await screen.findByText('Every service names something.'),
    ).toBeVisible();
  });

  it.each([
    [403, /You may not see this.*operational-excellence\.source\.read/],
    [500, /the database is away/],
  ])('say why they are not shown after %d', async (status, text) => {
    const api = new FakeOperationalExcellenceApi(contents());
    api.fail(
      'getUnmappedServices',
      await refusal(status, 'the database is away'),
    );
    renderWithApi(<Sources />, api, { url });
    expect(await screen.findByRole('alert')).toHaveTextContent(text);
  });
});
