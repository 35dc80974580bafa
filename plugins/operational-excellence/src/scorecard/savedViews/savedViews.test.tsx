import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import {
  accessibilityViolations,
  FakeOperationalExcellenceApi,
  refusal,
  renderWithApi,
  savedView,
} from '../../__testUtils__';
import { useScorecardView } from '../useScorecardView';
import { SavedViewsButton } from './SavedViewsButton';

const Page = () => {
  const { search } = useLocation();
  const [view] = useScorecardView();
  return (
    <>
      <div data-testid="address">{search}</div>
      <SavedViewsButton view={view} />
    </>
  );
};

const MINE = savedView('mine', {
  title: 'Overdue of mine',
  search: 'state=overdue&owner=group%3Adefault%2Fmine',
});
const FOREIGN = savedView('foreign', {
  title: 'Tier one',
  search: 'tier=1',
  shared: true,
  createdBy: 'user:default/ada',
  mayChange: false,
});

async function openViews(
  options: {
    savedViews?: (typeof MINE)[];
    url?: string;
    before?: (api: FakeOperationalExcellenceApi) => void;
  } = {},
) {
  const { savedViews = [MINE, FOREIGN], url } = options;
  const api = new FakeOperationalExcellenceApi({ savedViews });
  options.before?.(api);
  renderWithApi(<Page />, api, { url });
  await userEvent.click(
    await screen.findByRole('button', { name: 'Saved views' }),
  );
  const dialog = await screen.findByRole('dialog', { name: 'Saved views' });
  return { api, dialog, within: within(dialog) };
}

const address = () => screen.getByTestId('address').textContent;

describe('the saved views', () => {
  it('are listed, and open what was saved', async () => {
    const { dialog, within: views } = await openViews();
    const items = await views.findAllByRole('listitem');
    expect(items.map(item => item.textContent)).toEqual([
      'Overdue of mineOnly you see itEditDelete',
      'Tier oneShared by ada',
    ]);
    expect(await accessibilityViolations(dialog)).toEqual([]);
    await userEvent.click(views.getByRole('link', { name: MINE.title }));
    expect(address()).toBe(`?${MINE.search}`);
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
  });

  it('say that there are none', async () => {
    const { within: views } = await openViews({ savedViews: [] });
    expect(await views.findByText('No view is saved yet.')).toBeVisible();
  });

  it('say why they cannot be read, and are read again', async () => {
    const error = await refusal(500, 'the database is away');
    const { api, within: views } = await openViews({
      before: fake => fake.fail('getSavedViews', error),
    });
    expect(await views.findByRole('alert')).toHaveTextContent(
      'the database is away',
    );
    api.fail('getSavedViews', undefined);
    await userEvent.click(views.getByRole('button', { name: 'Try again' }));
    expect(await views.findByRole('link', { name: MINE.title })).toBeVisible();
  });

  it('keep what is shown, without its page, for everybody if asked', async () => {
    const { api, within: views } = await openViews({
      url: '/?by=owner&tier=2&cursor=next',
    });
    await userEvent.type(
      await views.findByRole('textbox', { name: /^Name of the view/ }),
      '  Owners of tier two ',
    );
    await userEvent.click(
      views.getByRole('checkbox', { name: 'Share it with everybody' }),
    );
    await userEvent.click(views.getByRole('button', { name: 'Save' }));
    expect(
      await views.findByRole('link', { name: 'Owners of tier two' }),
    ).toBeVisible();
    expect(views.getByText('“Owners of tier two” is saved.')).toBeVisible();
    expect(api.callsOf('saveView')).toEqual([
      [
        {
          title: 'Owners of tier two',
          search: 'by=owner&tier=2',
          shared: true,
        },
      ],
    ]);
    expect(
      views.getByRole('textbox', { name: /^Name of the view/ }),
    ).toHaveValue('');
  });

  it('need a name', async () => {
    const { api, within: views } = await openViews();
    await userEvent.click(await views.findByRole('button', { name: 'Save' }));
    expect(views.getByText('Give it a name.')).toBeVisible();
    expect(api.callsOf('saveView')).toEqual([]);
  });

  it('say why one could not be saved, and keep what was typed', async () => {
    const error = await refusal(409, 'You have 100 views already');
    const { within: views } = await openViews({
      before: fake => fake.fail('saveView', error),
    });
    const name = await views.findByRole('textbox', {
      name: /^Name of the view/,
    });
    await userEvent.type(name, 'One more');
    await userEvent.click(views.getByRole('button', { name: 'Save' }));
    expect(await views.findByRole('alert')).toHaveTextContent(
      'You have 100 views already',
    );
    expect(name).toHaveValue('One more');
  });

  it('are renamed and shared, still opening what they did', async () => {
    const {
      api,
      dialog,
      within: views,
    } = await openViews({
      url: '/?state=ok',
    });
    await userEvent.click(
      await views.findByRole('button', { name: `Edit ${MINE.title}` }),
    );
    const [item] = views.getAllByRole('listitem');
    expect(await accessibilityViolations(dialog)).toEqual([]);
    const name = within(item).getByRole('textbox');
    await userEvent.clear(name);
    await userEvent.type(name, 'Late');
    await userEvent.click(
      within(item).getByRole('checkbox', { name: 'Share it with everybody' }),
    );
    await userEvent.click(within(item).getByRole('button', { name: 'Save' }));
    expect(await views.findByRole('link', { name: 'Late' })).toBeVisible();
    expect(api.callsOf('changeSavedView')).toEqual([
      [MINE.id, { title: 'Late', search: MINE.search, shared: true }],
    ]);
  });

  it('are let open what is shown now', async () => {
    const { api, within: views } = await openViews({ url: '/?state=ok' });
    await userEvent.click(
      await views.findByRole('button', { name: `Edit ${MINE.title}` }),
    );
    const [item] = views.getAllByRole('listitem');
    await userEvent.click(
      within(item).getByRole('checkbox', {
        name: 'Let it open what is shown now',
      }),
    );
    await userEvent.click(within(item).getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(api.callsOf('changeSavedView')).toEqual([
        [MINE.id, { title: MINE.title, search: 'state=ok', shared: false }],
      ]),
    );
  });

  it('are deleted once that is confirmed', async () => {
    const { api, within: views } = await openViews();
    const ask = () =>
      views.findByRole('button', { name: `Delete ${MINE.title}` });
    await userEvent.click(await ask());
    expect(views.getByText(/^Delete “Overdue of mine”\?/)).toBeVisible();
    await userEvent.click(views.getByRole('button', { name: 'Keep it' }));
    expect(api.callsOf('removeSavedView')).toEqual([]);

    await userEvent.click(await ask());
    await userEvent.click(views.getByRole('button', { name: 'Delete' }));
    await waitFor(() =>
      expect(
        views.queryByRole('link', { name: MINE.title }),
      ).not.toBeInTheDocument(),
    );
    expect(views.getByRole('link', { name: FOREIGN.title })).toBeVisible();
  });

  it('say why one could not be deleted', async () => {
    const error = await refusal(403, 'You may not delete it');
    const { within: views } = await openViews({
      before: fake => fake.fail('removeSavedView', error),
    });
    await userEvent.click(
      await views.findByRole('button', { name: `Delete ${MINE.title}` }),
    );
    await userEvent.click(views.getByRole('button', { name: 'Delete' }));
    expect(await views.findByRole('alert')).toHaveTextContent(
      'You may not delete it',
    );
    expect(views.getByRole('link', { name: MINE.title })).toBeVisible();
  });
});
