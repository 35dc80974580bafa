import type { StorageApi } from '@backstage/frontend-plugin-api';
import { mockApis } from '@backstage/frontend-test-utils';
import type {
  Improvement,
  ImprovementSubmission,
} from 'backstage-plugin-operational-excellence-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  accessibilityViolations,
  FakeContents,
  FakeOperationalExcellenceApi,
  GITHUB_TRACKER,
  BUILT_IN_TRACKER,
  improvement,
  overdueService,
  permissionsThat,
  refusal,
  renderWithApi,
  ticket,
} from '../__testUtils__';
import { FileImprovementDialog } from './FileImprovementDialog';
import type { ImprovementPrefill } from './ImprovementPrefill';

const PAYMENTS = {
  entityRef: 'component:default/payments',
  title: 'Payments',
  ownerTitle: 'Team A',
};

/** The scheme of an address that would run code. */
const SCRIPT = 'javascript';

interface Rendering {
  api?: FakeOperationalExcellenceApi;
  contents?: FakeContents;
  storage?: StorageApi;
  prefill?: ImprovementPrefill;
  correct?: Improvement;
}

function renderDialog(rendering: Rendering = {}) {
  const api =
    rendering.api ??
    new FakeOperationalExcellenceApi({
      services: [overdueService()],
      trackers: { [PAYMENTS.entityRef]: [GITHUB_TRACKER] },
      ...rendering.contents,
    });
  const storage = rendering.storage ?? mockApis.storage();
  const onClose = jest.fn();
  const view = renderWithApi(
    <FileImprovementDialog
      service={PAYMENTS}
      prefill={rendering.prefill}
      correct={rendering.correct}
      onClose={onClose}
    />,
    api,
    { storage },
  );
  return { api, storage, onClose, ...view };
}

const field = (name: string | RegExp) => screen.findByLabelText(name);
const title = () => field(/^Title/);
const button = (name: string | RegExp) => screen.findByRole('button', { name });

async function type(name: string | RegExp, text: string) {
  const input = await field(name);
  await userEvent.clear(input);
  await userEvent.type(input, text);
}

/** Waits until the trackers are there, then sends. */
async function send(name = 'File it') {
  await screen.findAllByText(/acme\/payments|Built-in tracker/);
  await waitFor(async () =>
    expect(await button(name)).toHaveAttribute('aria-disabled', 'false'),
  );
  await userEvent.click(await button(name));
}

async function choose(name: RegExp, option: string) {
  await userEvent.click(await button(name));
  await userEvent.click(await screen.findByRole('option', { name: option }));
}

function sent(api: FakeOperationalExcellenceApi): ImprovementSubmission[] {
  return api
    .callsOf('fileImprovement')
    .map(([submission]) => submission as ImprovementSubmission);
}

describe('the form', () => {
  it('files what is typed', async () => {
    const { api } = renderDialog();
    await type(/^Title/, '  Time out sooner ');
    await type('Description', 'Calls hang.');
    await type(/^What will be measured/, 'Seconds to give up');
    await type('From', '60');
    await type(/^To/, '2');
    await userEvent.type(await field('By'), '2026-12-31');
    await choose(/^Priority/, 'High');
    await choose(/^Origin/, 'Incident');
    await type('Link to it', 'https://incidents.example.com/7');
    await send();

    const status = await screen.findByText('Filed in GitHub');
    expect(status).toBeVisible();
    expect(sent(api)).toEqual([
      {
        key: expect.stringMatching(/^[\da-f]{32}$/),
        entityRef: 'component:default/payments',
        trackerId: 'github',
        title: 'Time out sooner',
        description: 'Calls hang.',
        goal: {
          measure: 'Seconds to give up',
          from: '60',
          to: '2',
          by: '2026-12-31T12:00:00.000Z',
        },
        priority: 'high',
        origin: { kind: 'incident', url: 'https://incidents.example.com/7' },
        alternativeTo: null,
      },
    ]);
    const link = screen.getByRole('link', { name: /acme\/payments#1/ });
    expect(link).toHaveAttribute('target', '_blank');
    expect(link).toHaveAttribute('rel', expect.stringContaining('noopener'));
    await waitFor(async () => expect(await button('Close')).toHaveFocus());
  });

  it('needs a title only', async () => {
    const { api } = renderDialog();
    await type(/^Title/, 'Time out sooner');
    await send();
    await screen.findByText('Filed in GitHub');
    expect(sent(api)).toEqual([
      expect.objectContaining({
        title: 'Time out sooner',
        description: '',
        goal: null,
        priority: null,
        origin: null,
      }),
    ]);
  });

  it('has the focus in the title, and closes with Escape', async () => {
    const { onClose } = renderDialog();
    const input = await title();
    await waitFor(() => expect(input).toHaveFocus());
    await userEvent.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('is accessible, with and without its faults and its preview', async () => {
    const { baseElement } = renderDialog();
    await screen.findByText(/acme\/payments/);
    expect(await accessibilityViolations(baseElement)).toEqual([]);
    await send();
    await screen.findByText('Say in a few words what is to be improved.');
    await userEvent.click(screen.getByRole('tab', { name: 'Preview' }));
    expect(await accessibilityViolations(baseElement)).toEqual([]);
  });

  it.each<[string, () => Promise<void>, RegExp, string]>([
    [
      'no title',
      async () => {},
      /^Title/,
      'Say in a few words what is to be improved.',
    ],
    [
      'a goal without a measure',
      () => type(/^To/, '2'),
      /^What will be measured/,
      'Say what will be measured, or leave out the goal.',
    ],
    [
      'a goal without what is to be reached',
      () => type(/^What will be measured/, 'Seconds'),
      /^To/,
      'Say which value is to be reached.',
    ],
    [
      'a link that would run code',
      () => type('Link to it', `${SCRIPT}:alert(1)`),
      /^Link to it/,
      'This is not an address that begins with https:// or http://.',
    ],
  ])('refuses %s, and says so at the field', async (_, fill, name, text) => {
    const { api } = renderDialog();
    await title();
    if (!name.source.includes('Title')) await type(/^Title/, 'Time out sooner');
    await fill();
    await send();
    const input = await field(name);
    expect(input).toHaveAccessibleDescription(text);
    expect(input).toBeInvalid();
    await waitFor(() => expect(input).toHaveFocus());
    expect(sent(api)).toEqual([]);
  });

  it('asks what a link leads to', async () => {
    const { api } = renderDialog();
    await type(/^Title/, 'Time out sooner');
    await type('Link to it', 'https://incidents.example.com/7');
    await send();
    const select = await button(/^Origin/);
    expect(select).toHaveAccessibleDescription('Say what the link leads to.');
    await waitFor(() => expect(select).toHaveFocus());
    expect(sent(api)).toEqual([]);
  });

  it('counts what is left of a long title, and cuts nothing off', async () => {
    const { api } = renderDialog();
    const input = await title();
    await userEvent.click(input);
    await userEvent.paste('x'.repeat(199));
    expect(screen.queryByText(/characters? left/)).not.toBeInTheDocument();
    await userEvent.paste('x'.repeat(55));
    expect(await screen.findByText('1 character left')).toBeVisible();
    await userEvent.paste('xyz');
    expect(input).toHaveValue(`${'x'.repeat(254)}xyz`);
    expect(input).toHaveAccessibleDescription(
      'This is too long: at most 255 characters.',
    );
    await send();
    expect(sent(api)).toEqual([]);
  });

  it('shows the description as it will look, without what could do harm', async () => {
    renderDialog();
    await title();
    await userEvent.click(await field('Description'));
    const written = [
      '**Calls** hang',
      `[press](${SCRIPT}:window.hacked=true)`,
      '<script>window.hacked = true</script>',
      '<img src="x" onerror="window.hacked = true">',
      '[docs](https://docs.example.com)',
    ].join('\n\n');
    await userEvent.paste(written);
    await userEvent.click(screen.getByRole('tab', { name: 'Preview' }));
    const preview = screen.getByRole('tabpanel', { name: 'Preview' });
    expect(within(preview).getByText('Calls').tagName).toBe('STRONG');
    expect(preview.querySelector('script')).toBeNull();
    expect(preview.querySelector('[onerror]')).toBeNull();
    expect([...preview.querySelectorAll('a')].map(({ href }) => href)).toEqual([
      'https://docs.example.com/',
    ]);
    expect(preview.querySelector('a')).toHaveAttribute('target', '_blank');
    expect('hacked' in window).toBe(false);

    await userEvent.click(screen.getByRole('tab', { name: 'Write' }));
    expect(await field('Description')).toHaveValue(written);
  });

  it('is filled in with what is known', async () => {
    const { api } = renderDialog({
      prefill: {
        id: 'improvement:9',
        title: 'Another way',
        description: 'Instead of a cache',
        goal: {
          measure: 'Seconds',
          from: null,
          to: '2',
          by: '2026-12-31T12:00:00.000Z',
        },
        origin: { kind: 'game-day', url: null },
        alternativeTo: '9',
      },
      contents: { improvements: [improvement('9', { stage: 'not-met' })] },
    });
    expect(
      await screen.findByRole('dialog', { name: /File an alternative/ }),
    ).toBeVisible();
    expect(await title()).toHaveValue('Another way');
    expect(await field('By')).toHaveValue('2026-12-31');
    await send();
    await screen.findByText('Filed in GitHub');
    expect(sent(api)).toEqual([
      expect.objectContaining({
        alternativeTo: '9',
        description: 'Instead of a cache',
        origin: { kind: 'game-day', url: null },
      }),
    ]);
  });
});

describe('the tracker', () => {
  it('is the first, and can be chosen', async () => {
    const { api } = renderDialog({
      contents: {
        trackers: { [PAYMENTS.entityRef]: [GITHUB_TRACKER, BUILT_IN_TRACKER] },
      },
    });
    const select = await button(/^It goes to/);
    expect(select).toHaveTextContent('GitHub · acme/payments');
    await choose(/^It goes to/, 'Built-in tracker');
    await type(/^Title/, 'Time out sooner');
    await send();
    await screen.findByText('Filed in Built-in tracker');
    expect(sent(api)).toEqual([
      expect.objectContaining({ trackerId: 'built-in' }),
    ]);
  });

  it('is said to be missing', async () => {
    const { api } = renderDialog({
      contents: { trackers: { [PAYMENTS.entityRef]: [] } },
    });
    expect(
      await screen.findByText('No tracker takes improvements of this service'),
    ).toBeVisible();
    await type(/^Title/, 'Time out sooner');
    await userEvent.click(await button('File it'));
    expect(sent(api)).toEqual([]);
  });

  it('can be asked for again where that failed', async () => {
    const api = new FakeOperationalExcellenceApi({
      services: [overdueService()],
    });
    api.fail('getTrackers', await refusal(500, 'the database is away'));
    renderDialog({ api });
    const retry = await button('Try again');
    expect(screen.getByText('the database is away')).toBeVisible();
    api.fail('getTrackers', undefined);
    await userEvent.click(retry);
    expect(await screen.findByText(/Built-in tracker/)).toBeVisible();
  });
});

describe('tickets that look alike', () => {
  const alike = {
    tickets: {
      [PAYMENTS.entityRef]: [
        ticket(7, { title: 'Timeouts are too long' }),
        ticket(8, { title: 'Unlike' }),
      ],
    },
  };

  it('are shown once typing pauses, and asked for once', async () => {
    const { api } = renderDialog({ contents: alike });
    await type(/^Title/, 'Shorter timeouts');
    const list = await screen.findByRole('list', {
      name: 'These are open already',
    });
    expect(list).toHaveTextContent(/#7.* Timeouts are too long \(393 days\)/);
    expect(within(list).getAllByRole('listitem')).toHaveLength(1);
    expect(
      within(list).getByRole('link', { name: /acme\/payments#7/ }),
    ).toHaveAttribute('target', '_blank');
    const asked = api.callsOf('getSimilarTickets');
    expect(asked[asked.length - 1]).toEqual([
      PAYMENTS.entityRef,
      'Shorter timeouts',
    ]);
    expect(asked.length).toBeLessThan(5);
  });

  it('are not asked for with less than three words or eight characters', async () => {
    const { api } = renderDialog({ contents: alike });
    await type(/^Title/, 'To do');
    await act(() => new Promise(resolve => setTimeout(resolve, 500)));
    expect(api.callsOf('getSimilarTickets')).toEqual([]);
    await type(/^Title/, 'a b c');
    await waitFor(() =>
      expect(api.callsOf('getSimilarTickets')).toEqual([
        [PAYMENTS.entityRef, 'a b c'],
      ]),
    );
  });

  it('keep nobody from filing where they cannot be found', async () => {
    const { api } = renderDialog({ contents: alike });
    api.fail('getSimilarTickets', await refusal(500, 'the database is away'));
    await type(/^Title/, 'Shorter timeouts');
    expect(
      await screen.findByText(/could not be found out: the database is away/),
    ).toBeVisible();
    await send();
    expect(await screen.findByText('Filed in GitHub')).toBeVisible();
  });
});

describe('sending', () => {
  it('happens once for a double click', async () => {
    const { api } = renderDialog();
    const release = api.hold('fileImprovement');
    await type(/^Title/, 'Time out sooner');
    await send();
    await userEvent.dblClick(await button('Filing …'));
    await userEvent.type(await title(), ' or later');
    await act(async () => release());
    await screen.findByText('Filed in GitHub');
    expect(sent(api).map(each => each.title)).toEqual(['Time out sooner']);
  });

  it('is repeated under the same key after the network failed', async () => {
    const { api } = renderDialog();
    api.fail('fileImprovement', new TypeError('Failed to fetch'));
    await type(/^Title/, 'Time out sooner');
    await send();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('This could not be filed');
    expect(alert).toHaveTextContent('Failed to fetch');
    expect(alert).toHaveTextContent('Nothing is lost');
    expect(await title()).toHaveValue('Time out sooner');

    api.fail('fileImprovement', undefined);
    await send();
    await screen.findByText('Filed in GitHub');
    const [first, second] = sent(api);
    expect(second).toEqual(first);
  });

  it.each([
    [400, 'Invalid body property title: expected a title'],
    [403, 'You may not file improvements of it'],
    [413, 'request entity too large'],
    [500, 'the database is away'],
  ])('says what the backend answers with status %d', async (status, text) => {
    const { api } = renderDialog();
    api.fail('fileImprovement', await refusal(status, text));
    await type(/^Title/, 'Time out sooner');
    await send();
    expect(await screen.findByRole('alert')).toHaveTextContent(text);
    expect(await title()).toHaveValue('Time out sooner');
  });

  it('finds what an earlier attempt had brought there after all', async () => {
    const { api, storage } = renderDialog();
    await type(/^Title/, 'Time out sooner');
    // It arrives, but its answer does not.
    const { fileImprovement } = api;
    api.fileImprovement = async submission => {
      await fileImprovement.call(api, submission);
      throw new TypeError('Failed to fetch');
    };
    await send();
    await screen.findByRole('alert');
    api.fileImprovement = fileImprovement;
    await type(/^Title/, 'Time out much sooner');
    await send();

    expect(await screen.findByText('Filed in GitHub')).toBeVisible();
    expect(screen.getByText('Time out sooner')).toBeVisible();
    expect(screen.getByText(/An earlier attempt had arrived/)).toBeVisible();
    expect(api.improvements.list({})).toHaveLength(1);
    expect(keptIn(storage)).toMatchObject({
      title: 'Time out much sooner',
      unanswered: [],
    });

    await userEvent.click(await button('Back to the draft'));
    expect(await title()).toHaveValue('Time out much sooner');
    await send();
    await screen.findByText('Time out much sooner');
    expect(api.improvements.list({})).toHaveLength(2);
  });

  it('says that the draft was filed from another tab', async () => {
    const { api } = renderDialog();
    await type(/^Title/, 'Time out sooner');
    api.fail('fileImprovement', await refusal(409, 'The key was used'));
    await send();
    expect(
      await screen.findByText(/was filed from elsewhere already/),
    ).toBeVisible();
    api.fail('fileImprovement', undefined);
    await send();
    await screen.findByText('Filed in GitHub');
    const [first, second] = sent(api);
    expect(second.key).not.toBe(first.key);
  });
});

describe('the draft', () => {
  it('survives that the dialog is closed', async () => {
    const storage = mockApis.storage();
    const first = renderDialog({ storage });
    await type(/^Title/, 'Time out sooner');
    await type('Description', 'Calls hang.');
    first.unmount();

    const { api } = renderDialog({ storage });
    expect(
      await screen.findByText(/This is your draft, as you left it/),
    ).toBeVisible();
    expect(await title()).toHaveValue('Time out sooner');
    expect(await field('Description')).toHaveValue('Calls hang.');
    await send();
    await screen.findByText('Filed in GitHub');
    expect(keptIn(storage)).toBeUndefined();
    expect(sent(api)).toHaveLength(1);
  });

  it('survives a reload while it is typed, with its key', async () => {
    const { api, storage } = renderDialog();
    await type(/^Title/, 'Time out sooner');
    await waitFor(() =>
      expect(keptIn(storage)).toMatchObject({ title: 'Time out sooner' }),
    );
    const { key } = keptIn(storage) ?? {};
    await send();
    await screen.findByText('Filed in GitHub');
    expect(sent(api)[0].key).toBe(key);
  });

  it('keeps its key over a reload after a doubtful failure', async () => {
    const api = new FakeOperationalExcellenceApi({
      services: [overdueService()],
    });
    const storage = mockApis.storage();
    const first = renderDialog({ api, storage });
    api.fail('fileImprovement', new TypeError('Failed to fetch'));
    await type(/^Title/, 'Time out sooner');
    await send();
    await screen.findByRole('alert');
    first.unmount();

    api.fail('fileImprovement', undefined);
    renderDialog({ api, storage });
    await screen.findByText(/This is your draft/);
    await send();
    await screen.findByText('Filed in Built-in tracker');
    const [before, after] = sent(api);
    expect(after).toEqual(before);
  });

  it('is forgotten though the dialog was closed before the answer', async () => {
    const { api, storage, unmount } = renderDialog();
    const release = api.hold('fileImprovement');
    await type(/^Title/, 'Time out sooner');
    await send();
    await button('Filing …');
    unmount();
    expect(keptIn(storage)).toMatchObject({ title: 'Time out sooner' });
    await act(async () => release());
    await waitFor(() => expect(keptIn(storage)).toBeUndefined());
  });

  it('can be discarded, and that undone', async () => {
    const { storage } = renderDialog();
    await title();
    expect(
      screen.queryByRole('button', { name: 'Discard draft' }),
    ).not.toBeInTheDocument();
    await type(/^Title/, 'Time out sooner');
    await userEvent.click(await button('Discard draft'));
    expect(await title()).toHaveValue('');
    await waitFor(() => expect(keptIn(storage)).toBeUndefined());

    await userEvent.click(await button('Undo'));
    expect(await title()).toHaveValue('Time out sooner');
    await waitFor(() =>
      expect(keptIn(storage)).toMatchObject({ title: 'Time out sooner' }),
    );
  });

  it('is another one for what an improvement is filed for', async () => {
    const storage = mockApis.storage();
    const first = renderDialog({ storage });
    await type(/^Title/, 'Time out sooner');
    first.unmount();
    renderDialog({ storage, prefill: { id: 'finding:1', title: 'Found' } });
    expect(await title()).toHaveValue('Found');
    expect(screen.queryByText(/This is your draft/)).not.toBeInTheDocument();
  });

  it('is read with care', async () => {
    const storage = mockApis.storage();
    await storage
      .forBucket('operational-excellence-drafts')
      .set(PAYMENTS.entityRef, {
        title: 'From another version',
        description: 7,
        priority: 'enormous',
        unanswered: ['?'],
      });
    const { api } = renderDialog({ storage });
    expect(await title()).toHaveValue('From another version');
    expect(await field('Description')).toHaveValue('');
    await send();
    await screen.findByText('Filed in GitHub');
    expect(sent(api)).toEqual([
      expect.objectContaining({
        key: expect.stringMatching(/^[\da-f]{32}$/),
        priority: null,
      }),
    ]);
  });

  it('is said not to be kept where there is no room for it', async () => {
    const storage = mockApis.storage();
    const bucket = storage.forBucket('operational-excellence-drafts');
    const full: StorageApi = Object.assign(Object.create(bucket), {
      forBucket: () => full,
      set: async () => {
        throw new Error('the quota is exceeded');
      },
    });
    renderDialog({ storage: full });
    await type(/^Title/, 'Time out sooner');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'What you type cannot be kept as a draft: the quota is exceeded.',
    );
    await send();
    expect(await screen.findByText('Filed in GitHub')).toBeVisible();
  });
});

function keptIn(storage: StorageApi): { key?: string } | undefined {
  const { value } = storage
    .forBucket('operational-excellence-drafts')
    .snapshot<{ key?: string }>(PAYMENTS.entityRef);
  return value;
}

describe('an improvement that waits', () => {
  const away = { state: 'queued', reason: 'connect ECONNREFUSED' } as const;

  it('says so, and shows when it is filed', async () => {
    const { api, storage, baseElement } = renderDialog();
    api.improvements.willBe(away);
    await type(/^Title/, 'Time out sooner');
    await send();
    const status = await screen.findByRole('status');
    expect(status).toHaveTextContent(
      'GitHub is not reachable; it is filed as soon as it is. You can close this.',
    );
    expect(status).toHaveTextContent('connect ECONNREFUSED');
    expect(status).toHaveTextContent('Next attempt in a moment.');
    expect(keptIn(storage)).toBeUndefined();
    expect(await accessibilityViolations(baseElement)).toEqual([]);

    api.improvements.settle({ state: 'filed' });
    expect(await screen.findByText('Filed in GitHub')).toBeVisible();
    expect(screen.getByRole('link', { name: /#1/ })).toBeVisible();
  });

  it('goes on where it cannot be looked at', async () => {
    const { api } = renderDialog();
    api.improvements.willBe(away);
    await type(/^Title/, 'Time out sooner');
    await send();
    await screen.findByText(/GitHub is not reachable/);
    api.fail('getImprovement', await refusal(500, 'the database is away'));
    expect(
      await screen.findByText(/could not be found out: the database is away/),
    ).toBeVisible();
    api.fail('getImprovement', undefined);
    api.improvements.settle({ state: 'filed' });
    expect(await screen.findByText('Filed in GitHub')).toBeVisible();
  });

  it('comes back to be corrected where it is refused', async () => {
    const { api } = renderDialog();
    api.improvements.willBe(away);
    await type(/^Title/, 'Time out sooner');
    await type('Description', 'Calls hang.');
    await send();
    await screen.findByText(/GitHub is not reachable/);
    api.improvements.settle({ state: 'rejected', reason: 'labels: required' });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('GitHub refused it');
    expect(alert).toHaveTextContent('labels: required');
    expect(await title()).toHaveValue('Time out sooner');
    expect(await field('Description')).toHaveValue('Calls hang.');
  });

  it('makes room for another', async () => {
    const { api } = renderDialog();
    await type(/^Title/, 'Time out sooner');
    await send();
    await userEvent.click(await button('File another'));
    expect(await title()).toHaveValue('');
    await type(/^Title/, 'Retry less');
    await send();
    await screen.findByText('Retry less');
    const [first, second] = sent(api);
    expect(second.key).not.toBe(first.key);
  });
});

describe('an improvement that its tracker refuses', () => {
  const refused = {
    state: 'rejected',
    reason: 'Validation Failed: title is too long\n(422)',
  } as const;

  it('is corrected and sent again', async () => {
    const { api, baseElement } = renderDialog();
    api.improvements.willBe(refused);
    await type(/^Title/, 'Time out sooner');
    await type('Description', 'Calls hang.');
    await send();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('GitHub refused it');
    expect(alert).toHaveTextContent('title is too long');
    expect(await field('Description')).toHaveValue('Calls hang.');
    expect(await accessibilityViolations(baseElement)).toEqual([]);

    api.improvements.willBe({ state: 'filed' });
    await type(/^Title/, 'Sooner');
    await send('Send again');
    expect(await screen.findByText('Filed in GitHub')).toBeVisible();
    expect(api.callsOf('resendImprovement')).toEqual([
      ['1', expect.objectContaining({ title: 'Sooner', trackerId: 'github' })],
    ]);
    expect(sent(api)).toHaveLength(1);
    expect(api.improvements.list({})).toHaveLength(1);
  });

  it('can be refused again', async () => {
    const { api } = renderDialog();
    api.improvements.willBe(refused);
    await type(/^Title/, 'Time out sooner');
    await send();
    await screen.findByText(/title is too long/);
    api.improvements.willBe({ state: 'rejected', reason: 'still too long' });
    await send('Send again');
    expect(await screen.findByText('still too long')).toBeVisible();
    expect(await title()).toHaveValue('Time out sooner');
  });

  it('survives a reload as it was being corrected', async () => {
    const api = new FakeOperationalExcellenceApi({
      services: [overdueService()],
    });
    const storage = mockApis.storage();
    api.improvements.willBe(refused);
    const first = renderDialog({ api, storage });
    await type(/^Title/, 'Time out sooner');
    await send();
    await screen.findByText(/title is too long/);
    await type(/^Title/, 'Sooner');
    first.unmount();

    renderDialog({ api, storage });
    expect(await screen.findByText(/title is too long/)).toBeVisible();
    expect(await title()).toHaveValue('Sooner');
    api.improvements.willBe({ state: 'filed' });
    await send('Send again');
    expect(await screen.findByText('Filed in Built-in tracker')).toBeVisible();
    expect(api.improvements.list({})).toHaveLength(1);
  });

  it('shows what became of it where it was sent again elsewhere', async () => {
    const { api } = renderDialog();
    api.improvements.willBe(refused);
    await type(/^Title/, 'Time out sooner');
    await send();
    await screen.findByText(/title is too long/);
    api.improvements.willBe({ state: 'filed' });
    await api.resendImprovement('1', {
      title: 'Corrected elsewhere',
      description: '',
      goal: null,
      priority: null,
      origin: null,
    });
    await send('Send again');
    expect(await screen.findByText('Corrected elsewhere')).toBeVisible();
    expect(screen.getByText(/An earlier attempt had arrived/)).toBeVisible();
  });

  it('is opened from where it is listed', async () => {
    const correct = improvement('5', {
      title: 'Time out sooner',
      priority: 'low',
      ticket: null,
      stage: 'filing',
      delivery: { ...refused, attempts: 1, nextAttemptAt: null },
    });
    const { api } = renderDialog({
      correct,
      contents: { improvements: [correct] },
    });
    expect(await screen.findByText(/title is too long/)).toBeVisible();
    expect(await title()).toHaveValue('Time out sooner');
    await send('Send again');
    await screen.findByText('Filed in GitHub');
    expect(api.callsOf('resendImprovement')).toEqual([
      ['5', expect.objectContaining({ priority: 'low' })],
    ]);
  });
});

describe('the service', () => {
  it('is chosen first where none is given', async () => {
    const service = overdueService();
    const api = new FakeOperationalExcellenceApi({ services: [service] });
    const { baseElement } = renderWithApi(
      <FileImprovementDialog onClose={() => {}} />,
      api,
    );
    const input = await screen.findByRole('textbox', { name: /^Service/ });
    expect(screen.queryByLabelText(/^Title/)).not.toBeInTheDocument();
    await userEvent.type(input, 'paym');
    await waitFor(() =>
      expect(api.callsOf('getServices')).toContainEqual([
        { q: 'paym', sort: 'title', limit: 20 },
      ]),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: /Payments/ }),
    );
    await type(/^Title/, 'Time out sooner');
    expect(await accessibilityViolations(baseElement)).toEqual([]);
    await send();
    expect(await screen.findByText('Filed in Built-in tracker')).toBeVisible();
    expect(sent(api)).toEqual([
      expect.objectContaining({ entityRef: service.entityRef }),
    ]);
  });

  it('cannot be found where the backend does not answer', async () => {
    const api = new FakeOperationalExcellenceApi();
    api.fail('getServices', await refusal(500, 'the database is away'));
    renderWithApi(<FileImprovementDialog onClose={() => {}} />, api);
    expect(await screen.findByText('the database is away')).toBeVisible();
  });

  it('says who may file where the reader may not', async () => {
    const api = new FakeOperationalExcellenceApi();
    renderWithApi(
      <FileImprovementDialog
        service={{
          entityRef: 'component:default/guarded',
          title: 'Guarded',
          ownerTitle: 'Team A',
        }}
        onClose={() => {}}
      />,
      api,
      { permissions: permissionsThat('DENY') },
    );
    expect(
      await screen.findByText(
        /needs the permission operational-excellence\.improvement\.create\. Ask Team A/,
      ),
    ).toBeVisible();
    await type(/^Title/, 'Time out sooner');
    await userEvent.click(await button('File it'));
    expect(sent(api)).toEqual([]);
  });
});
