import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  accessibilityViolations,
  allServices,
  FakeOperationalExcellenceApi,
  refusal,
  renderWithApi,
} from '../../__testUtils__';
import { parseView } from '../scorecardView';
import { CsvButton } from './CsvButton';

describe('CsvButton', () => {
  const { createObjectURL, revokeObjectURL } = URL;
  /** What the browser was told to save, by its name. */
  let saved: { name: string; content: Blob | undefined }[];

  beforeEach(() => {
    saved = [];
    let content: Blob | undefined;
    URL.createObjectURL = blob => {
      content = blob as Blob;
      return 'blob:csv';
    };
    URL.revokeObjectURL = () => {};
    jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function click(this: HTMLAnchorElement) {
        saved.push({ name: this.download, content });
      });
  });

  afterEach(() => {
    jest.restoreAllMocks();
    Object.assign(URL, { createObjectURL, revokeObjectURL });
  });

  function renderButton(
    search: string,
    before?: (api: FakeOperationalExcellenceApi) => void,
  ) {
    const api = new FakeOperationalExcellenceApi({ services: allServices() });
    before?.(api);
    const view = parseView(new URLSearchParams(search));
    return {
      api,
      ...renderWithApi(<CsvButton view={view} starred={[]} />, api),
    };
  }

  const download = () => screen.findByRole('button', { name: 'Download CSV' });

  it('saves all services of the view, over all pages', async () => {
    const { api } = renderButton(
      'state=never&measure=readinessTest&tier=1&sort=title&cursor=next',
    );
    await userEvent.click(await download());
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(saved[0].name).toMatch(/^services-\d{4}-\d{2}-\d{2}\.csv$/);
    expect(saved[0].content?.size).toBeGreaterThan(20);
    expect(api.callsOf('getServicesCsv')).toEqual([
      [
        expect.objectContaining({
          state: ['never'],
          measure: 'readinessTest',
          tier: ['1'],
          sort: 'title',
          cursor: undefined,
        }),
      ],
    ]);
    expect(await download()).toBeVisible();
  });

  it('can be cancelled while it lasts', async () => {
    let release = () => {};
    const { container } = renderButton('', api => {
      release = api.hold('getServicesCsv');
    });
    await userEvent.click(await download());
    expect(await screen.findByText('Downloading …')).toBeVisible();
    expect(await accessibilityViolations(container)).toEqual([]);
    await userEvent.click(
      screen.getByRole('button', { name: 'Cancel the download' }),
    );
    await act(async () => release());
    expect(await download()).toBeVisible();
    expect(saved).toEqual([]);
  });

  it('says why it failed, and can be tried again', async () => {
    const error = await refusal(500, 'the database went away');
    const { api } = renderButton('', fake =>
      fake.fail('getServicesCsv', error),
    );
    await userEvent.click(await download());
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'It could not be downloaded: the database went away',
    );
    expect(saved).toEqual([]);
    api.fail('getServicesCsv', undefined);
    await userEvent.click(await download());
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});
