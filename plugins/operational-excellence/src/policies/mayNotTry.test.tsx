import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  FakeOperationalExcellenceApi,
  permissionsThat,
  policy,
  renderWithApi,
} from '../__testUtils__';
import { Policies } from './Policies';

jest.setTimeout(60_000);

const DENIAL =
  'You may not try other policies: that needs the permission operational-excellence.policy.preview. Ask whoever manages the permissions of this portal.';

function renderPolicies(url: string) {
  const api = new FakeOperationalExcellenceApi({
    policies: [
      { policy: policy(), services: 3, upcomingFrom: null, preview: null },
    ],
  });
  renderWithApi(<Policies />, api, {
    url,
    permissions: permissionsThat('DENY'),
  });
  return api;
}

// In a file of its own, for decisions are remembered as long as a page is open.
describe('policies for whom may not try others', () => {
  it('say what that needs', async () => {
    renderPolicies('/');
    const button = await screen.findByRole('button', { name: 'Try a change' });
    await waitFor(() => expect(button).toHaveAttribute('title', DENIAL));
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });

  it('begin nothing', async () => {
    const api = renderPolicies('/try');
    expect(
      await screen.findByText(DENIAL, {}, { timeout: 20_000 }),
    ).toBeVisible();
    await userEvent.click(
      await screen.findByRole('button', { name: 'See what would change' }),
    );
    expect(api.callsOf('previewPolicies')).toEqual([]);
  });
});
