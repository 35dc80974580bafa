import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  FakeOperationalExcellenceApi,
  initiative,
  permissionsThat,
  renderWithApi,
} from '../__testUtils__';
import { Initiatives } from './Initiatives';

// In a file of its own, for decisions are remembered as long as a page is open.
describe('initiatives for whom may not manage them', () => {
  it.each([
    ['/', 'Start an initiative'],
    ['/1', 'Edit'],
    ['/1', 'Close it'],
  ])('at %s say what %s needs', async (url, name) => {
    const api = new FakeOperationalExcellenceApi({
      initiatives: [initiative('1')],
    });
    renderWithApi(<Initiatives />, api, {
      url,
      permissions: permissionsThat('DENY'),
    });
    const button = await screen.findByRole('button', { name });
    await waitFor(() =>
      expect(button).toHaveAttribute(
        'title',
        'You may not start, change or close initiatives: that needs the permission operational-excellence.initiative.manage. Ask whoever manages the permissions of this portal.',
      ),
    );
    await userEvent.click(button);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});
