import { screen, waitFor } from '@testing-library/react';
import type { PermissionApi } from '@backstage/plugin-permission-react';
import userEvent from '@testing-library/user-event';
import {
  accessibilityViolations,
  FakeOperationalExcellenceApi,
  permissionsThat,
  renderWithApi,
} from '../__testUtils__';
import { SyncButton } from './SyncButton';

function renderButton(permissions: PermissionApi) {
  const onSync = jest.fn();
  const view = renderWithApi(
    <SyncButton title="GitHub" asking={false} onSync={onSync} />,
    new FakeOperationalExcellenceApi(),
    { permissions },
  );
  return { onSync, ...view };
}

const button = () => screen.findByRole('button', { name: 'Sync now: GitHub' });

// What was decided is remembered for as long as the page lives, in tests too:
// the order of these is from what is not remembered to what is.
describe('SyncButton', () => {
  it('is denied where the permission could not be found out', async () => {
    const { onSync } = renderButton({
      authorize: async () => {
        throw new Error('the permission backend is away');
      },
    });
    const denied = await button();
    await waitFor(() =>
      expect(denied).toHaveAttribute(
        'title',
        'Whether you may ask a source to run could not be found out: the permission backend is away',
      ),
    );
    await userEvent.click(denied);
    expect(onSync).not.toHaveBeenCalled();
  });

  it('is denied with the reason to whom may not', async () => {
    const { container, onSync } = renderButton(permissionsThat('DENY'));
    const denied = await button();
    await waitFor(() =>
      expect(denied).toHaveAttribute(
        'title',
        'Asking a source to run needs the permission operational-excellence.source.sync.',
      ),
    );
    expect(denied).toHaveAttribute('aria-disabled', 'true');

    await userEvent.tab();
    expect(denied).toHaveFocus();
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      'operational-excellence.source.sync',
    );
    expect(denied).toHaveAccessibleDescription(
      /operational-excellence\.source\.sync/,
    );
    expect(await accessibilityViolations(container)).toEqual([]);

    await userEvent.click(denied);
    expect(onSync).not.toHaveBeenCalled();
  });
});
