import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  accessibilityViolations,
  FakeOperationalExcellenceApi,
  permissionsThat,
  renderWithApi,
} from '../../__testUtils__';
import { parseView } from '../scorecardView';
import { SavedViewsButton } from './SavedViewsButton';

// In a file of its own: decisions of permissions are kept by the process.
describe('the saved views of who may not share them', () => {
  it('are kept for oneself, and say which permission is missing', async () => {
    const api = new FakeOperationalExcellenceApi();
    renderWithApi(
      <SavedViewsButton view={parseView(new URLSearchParams('state=ok'))} />,
      api,
      { permissions: permissionsThat('DENY') },
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Saved views' }),
    );
    const dialog = await screen.findByRole('dialog', { name: 'Saved views' });
    const views = within(dialog);
    expect(
      await views.findByText(/operational-excellence\.view\.share/),
    ).toBeVisible();
    expect(
      views.getByRole('checkbox', { name: 'Share it with everybody' }),
    ).toBeDisabled();
    expect(await accessibilityViolations(dialog)).toEqual([]);
    await userEvent.type(
      views.getByRole('textbox', { name: /^Name of the view/ }),
      'Fine',
    );
    await userEvent.click(views.getByRole('button', { name: 'Save' }));
    expect(await views.findByRole('link', { name: 'Fine' })).toBeVisible();
    expect(api.callsOf('saveView')).toEqual([
      [{ title: 'Fine', search: 'state=ok', shared: false }],
    ]);
  });
});
