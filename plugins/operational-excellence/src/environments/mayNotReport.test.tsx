import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  environment,
  FakeOperationalExcellenceApi,
  permissionsThat,
  renderWithApi,
} from '../__testUtils__';
import { Environments } from './Environments';

// In a file of its own: what was decided is remembered, whoever asks next.
describe('environments, to whom may not report them', () => {
  it('tell who may', async () => {
    const api = new FakeOperationalExcellenceApi({
      environments: [environment('short')],
    });
    renderWithApi(<Environments />, api, {
      permissions: permissionsThat('DENY'),
    });
    const report = await screen.findByRole('button', {
      name: 'Report an environment',
    });
    await userEvent.hover(report);
    expect(
      await screen.findByText(/You may not report environments/),
    ).toBeVisible();
    await userEvent.click(report);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    for (const name of ['Edit', 'Report removal']) {
      expect(await screen.findByRole('button', { name })).toHaveAttribute(
        'aria-disabled',
        'true',
      );
    }
  });
});
