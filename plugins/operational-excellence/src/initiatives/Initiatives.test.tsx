import type { StorageApi } from '@backstage/frontend-plugin-api';
import { mockApis } from '@backstage/frontend-test-utils';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Initiative } from 'backstage-plugin-operational-excellence-common';
import { Route, Routes, useLocation } from 'react-router-dom';
import {
  accessibilityViolations,
  allServices,
  dayAgo,
  daysAgo,
  FakeContents,
  FakeOperationalExcellenceApi,
  HOSTILE_TITLE,
  initiative,
  overdueService,
  refusal,
  renderWithApi,
} from '../__testUtils__';
import { dayOf, utcDayOf } from '../time';
import { Initiatives } from './Initiatives';

jest.setTimeout(60_000);

const Browser = () => {
  const { pathname, search } = useLocation();
  return (
    <>
      <div data-testid="address">{`${pathname}${search}`}</div>
      <Routes>
        <Route
          path="/operational-excellence/initiatives/*"
          element={<Initiatives />}
        />
      </Routes>
    </>
  );
};

function renderInitiatives(
  options: {
    initiatives?: Initiative[];
    contents?: FakeContents;
    url?: string;
    storage?: StorageApi;
    before?: (api: FakeOperationalExcellenceApi) => void;
  } = {},
) {
  const { initiatives = [initiative('1')], url = '' } = options;
  const api = new FakeOperationalExcellenceApi({
    services: allServices(),
    initiatives,
    ...options.contents,
  });
  options.before?.(api);
  return {
    api,
    ...renderWithApi(<Browser />, api, {
      url: `/operational-excellence/initiatives${url}`,
      storage: options.storage,
    }),
  };
}

const address = () => screen.getByTestId('address').textContent;

const press = async (name: RegExp | string) =>
  userEvent.click(await screen.findByRole('button', { name }));

const isClosed = () =>
  waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());

describe('the initiatives', () => {
  it('say what they ask, of whom, until when, and how far they are', async () => {
    const { container } = renderInitiatives({
      initiatives: [
        initiative('1', {
          goal: {
            kind: 'done-since',
            measure: 'readinessTest',
            since: '2026-07-01',
          },
          filter: { tier: ['1', '2'], owner: ['group:default/money-team'] },
        }),
        initiative('2', { state: 'overdue', dueOn: dayAgo(3), filter: {} }),
        initiative('3', { state: 'closed' }),
      ],
    });
    const list = within(
      await screen.findByRole('list', { name: 'Initiatives' }),
    );
    const [first, second, ...others] = list.getAllByRole('listitem');
    expect(others).toEqual([]);
    for (const words of [
      'Running',
      `A readiness test was passed since ${utcDayOf('2026-07-01')}`,
      '6 of 10 services reached it (60%)',
      `Due: ${utcDayOf(dayAgo(-40))}, in 40 days`,
    ]) {
      expect(within(first).getByText(words)).toBeVisible();
    }
    expect(
      await within(first).findByText('Owner Money team · Tier 1 or 2'),
    ).toBeVisible();
    expect(
      within(first).getByRole('link', { name: 'Initiative 1' }),
    ).toHaveAttribute('href', '/operational-excellence/initiatives/1');
    for (const words of [
      'Overdue',
      'The game day is in order',
      'All services',
      `Due: ${utcDayOf(dayAgo(3))}, 3 days ago`,
    ]) {
      expect(within(second).getByText(words)).toBeVisible();
    }
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('are told apart by where they stand, in the address', async () => {
    const { api } = renderInitiatives({
      initiatives: [
        initiative('1'),
        initiative('2', { state: 'overdue' }),
        initiative('3', { state: 'closed' }),
      ],
    });
    await screen.findByText('Initiative 1');
    await userEvent.click(screen.getByRole('tab', { name: 'Overdue' }));
    await waitFor(() =>
      expect(screen.queryByText('Initiative 1')).not.toBeInTheDocument(),
    );
    expect(screen.getByText('Initiative 2')).toBeVisible();
    await userEvent.click(screen.getByRole('tab', { name: 'Closed' }));
    expect(await screen.findByText('Initiative 3')).toBeVisible();
    expect(address()).toBe('/operational-excellence/initiatives?state=closed');
    expect(api.callsOf('getInitiatives').map(([query]) => query)).toMatchObject(
      [
        { state: ['running', 'overdue'] },
        { state: ['overdue'] },
        { state: ['closed'] },
      ],
    );
  });

  it.each([
    ['', /^No initiative runs/],
    ['?state=overdue', 'No initiative is overdue.'],
    ['?state=closed', 'No initiative was closed yet.'],
  ])('are none, which %s says', async (url, words) => {
    renderInitiatives({ initiatives: [], url });
    expect(await screen.findByText(words)).toBeVisible();
  });

  it('can be read again after a failure', async () => {
    const { api } = renderInitiatives({
      before: each =>
        each.fail('getInitiatives', new Error('the database is away')),
    });
    expect(await screen.findByText('the database is away')).toBeVisible();
    api.fail('getInitiatives', undefined);
    await press('Try again');
    expect(await screen.findByText('Initiative 1')).toBeVisible();
  });
});

describe('starting an initiative', () => {
  async function open(options: Parameters<typeof renderInitiatives>[0] = {}) {
    const rendered = renderInitiatives(options);
    await press('Start an initiative');
    const element = await screen.findByRole('dialog', {
      name: 'Start an initiative',
    });
    const dialog = within(element);
    const title = await dialog.findByRole('textbox', { name: /^Title/ });
    const type = async (field: HTMLElement, text: string) => {
      await userEvent.click(field);
      await userEvent.paste(text);
    };
    const setDay = (label: RegExp, day: string) =>
      userEvent.type(dialog.getByLabelText(label), day);
    const send = () =>
      userEvent.click(dialog.getByRole('button', { name: 'Start it' }));
    return { ...rendered, element, dialog, title, type, setDay, send };
  }

  it('leads to it', async () => {
    const { api, dialog, element, send, setDay, title, type } = await open();
    await type(title, 'Tier 1 is tested');
    await userEvent.click(
      dialog.getByRole('button', { name: /^What is asked/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', {
        name: 'Something was done since a day',
      }),
    );
    await userEvent.click(dialog.getByRole('button', { name: /^Measure/ }));
    expect(
      screen.queryByRole('option', { name: 'Improvement backlog' }),
    ).not.toBeInTheDocument();
    await userEvent.click(
      await screen.findByRole('option', { name: 'Readiness test' }),
    );
    await setDay(/^Since/, '2026-07-01');
    await setDay(/^Until/, dayAgo(-60));
    await userEvent.click(dialog.getByRole('textbox', { name: 'Tier' }));
    await userEvent.click(await screen.findByRole('option', { name: /^1 \(/ }));
    await type(dialog.getByRole('textbox', { name: 'Name contains' }), 'pay');
    expect(
      await dialog.findByText(
        '1 service is part of it, of those that you may see.',
      ),
    ).toBeVisible();
    // What is counted of all of them needs no values.
    expect(api.callsOf('getServiceFacets').at(-1)).toEqual([
      { tier: ['1'], q: 'pay', limit: 0 },
    ]);
    expect(await accessibilityViolations(element)).toEqual([]);
    await send();
    await isClosed();
    expect(api.callsOf('createInitiative')).toEqual([
      [
        {
          key: expect.stringMatching(/^[0-9a-f]{32}$/),
          title: 'Tier 1 is tested',
          description: null,
          filter: { tier: ['1'], q: 'pay' },
          goal: {
            kind: 'done-since',
            measure: 'readinessTest',
            since: '2026-07-01',
          },
          dueOn: dayAgo(-60),
        },
      ],
    ]);
    expect(
      await screen.findByRole('heading', { name: 'Tier 1 is tested' }),
    ).toBeVisible();
    expect(address()).toBe('/operational-excellence/initiatives/new-2');
  });

  it('says what is missing, and leads there', async () => {
    const { api, dialog, element, send, title } = await open();
    await send();
    expect(dialog.getByText('Say in a few words what it asks.')).toBeVisible();
    expect(dialog.getByText('Say until when.')).toBeVisible();
    expect(title).toHaveFocus();
    expect(api.callsOf('createInitiative')).toEqual([]);
    expect(await accessibilityViolations(element)).toEqual([]);
  });

  it('loses nothing where it fails, nor over a reload', async () => {
    const storage = mockApis.storage();
    const { api, dialog, send, setDay, title, type, unmount } = await open({
      storage,
    });
    await type(title, 'Tier 1 is tested');
    await setDay(/^Until/, dayAgo(-60));
    api.fail('createInitiative', await refusal(500, 'the database is away'));
    await send();
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'the database is away',
    );
    unmount();

    const again = await open({ storage });
    expect(
      await again.dialog.findByText(/This is your draft, as you left it/),
    ).toBeVisible();
    expect(again.title).toHaveValue('Tier 1 is tested');
    await again.send();
    await isClosed();
    const [[first]] = api.callsOf('createInitiative');
    expect(again.api.callsOf('createInitiative')).toEqual([[first]]);
  });
});

describe('an initiative of which no answer came back', () => {
  it('is not started twice unknowingly', async () => {
    const { api } = renderInitiatives({ initiatives: [] });
    await press('Start an initiative');
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(
      await dialog.findByRole('textbox', { name: /^Title/ }),
    );
    await userEvent.paste('Tier 1 is tested');
    await userEvent.type(dialog.getByLabelText(/^Until/), dayAgo(-60));
    const send = () =>
      userEvent.click(dialog.getByRole('button', { name: 'Start it' }));
    api.fail(
      'createInitiative',
      await refusal(409, 'The key was already used'),
    );
    await send();
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      /^It was started already, with other words/,
    );
    api.fail('createInitiative', undefined);
    await send();
    await isClosed();
    const keys = api
      .callsOf('createInitiative')
      .map(([submission]) => (submission as { key: string }).key);
    expect(keys).toHaveLength(2);
    expect(keys[0]).not.toBe(keys[1]);
  });
});

describe('the page of an initiative', () => {
  const notReached = {
    ...overdueService(),
    ownerRef: null,
    ownerTitle: null,
    title: 'Stray',
    entityRef: 'component:default/stray',
  };
  const one = (overrides: Partial<Initiative> = {}) =>
    initiative('1', {
      title: 'Tier 1 is tested',
      description: 'Because of **the outage**',
      ...overrides,
    });

  it('tells how the services stand, each number with its list', async () => {
    const { container } = renderInitiatives({
      initiatives: [one()],
      contents: { services: [overdueService(), notReached] },
      url: '/1',
    });
    expect(
      await screen.findByRole('heading', { name: 'Tier 1 is tested' }),
    ).toBeVisible();
    expect(screen.getByText('the outage').tagName).toBe('STRONG');
    const href = (name: string) => {
      const figure = screen.getByText(name, { selector: 'dt' }).parentElement!;
      const link = within(figure).getByRole('link');
      return [link.textContent, link.getAttribute('href')];
    };
    const list = '/operational-excellence/scorecard?initiative=1';
    expect(href('Services')).toEqual(['10', list]);
    expect(href('Reached')).toEqual(['6', `${list}&reached=true`]);
    expect(href('Left to do')).toEqual(['2', `${list}&reached=left`]);
    expect(href('Waived')).toEqual(['1', `${list}&reached=waived`]);
    expect(href('Unknown')).toEqual(['1', `${list}&reached=unknown`]);
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('tells whose services have not reached it', async () => {
    const { api } = renderInitiatives({
      initiatives: [one()],
      contents: { services: [overdueService(), notReached] },
      url: '/1',
      before: each => {
        // Which services an initiative is for is for the backend to find out.
        const getRollups = each.getRollups.bind(each);
        each.getRollups = async ({ initiative: _, reached, ...query }) => {
          each.calls.push({ method: 'getRollups', args: [{ reached }] });
          return getRollups(query);
        };
      },
    });
    const table = within(
      await screen.findByRole('table', { name: 'Who has not reached it' }),
    );
    const row = (name: string) =>
      within(table.getByRole('rowheader', { name }).closest('tr')!).getByRole(
        'link',
        { name: '1 service' },
      );
    const list = '/operational-excellence/scorecard?initiative=1&reached=false';
    expect(row('Money team')).toHaveAttribute(
      'href',
      `${list}&owner=group%3Adefault%2Fmoney-team`,
    );
    expect(row('No owner')).toHaveAttribute('href', `${list}&without=owner`);
    expect(api.callsOf('getRollups')[0]).toEqual([{ reached: 'false' }]);
  });

  it('of a closed one keeps the result', async () => {
    const closedAt = daysAgo(2);
    renderInitiatives({
      initiatives: [
        one({
          state: 'closed',
          closedAt,
          closedBy: 'user:default/grace',
          closingNote: 'Worth it.',
        }),
      ],
      url: '/1',
    });
    expect(
      await screen.findByText(
        `As it was when it was closed on ${dayOf(closedAt)}.`,
      ),
    ).toBeVisible();
    expect(screen.getByText('Worth it.')).toBeVisible();
    expect(screen.getByRole('link', { name: /grace/ })).toBeVisible();
    expect(screen.getByRole('link', { name: '6' })).toHaveAttribute(
      'href',
      '/operational-excellence/scorecard?initiative=1&reached=true',
    );
    expect(
      screen.queryByRole('button', { name: 'Close it' }),
    ).not.toBeInTheDocument();
  });

  it('changes it', async () => {
    const { api } = renderInitiatives({ initiatives: [one()], url: '/1' });
    await press('Edit');
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Edit the initiative' }),
    );
    const title = dialog.getByRole('textbox', { name: /^Title/ });
    expect(title).toHaveValue('Tier 1 is tested');
    await userEvent.type(title, ' twice');
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    await isClosed();
    expect(
      await screen.findByRole('heading', { name: 'Tier 1 is tested twice' }),
    ).toBeVisible();
    expect(api.callsOf('changeInitiative')).toMatchObject([
      ['1', { version: 1, title: 'Tier 1 is tested twice' }],
    ]);
  });

  it('overwrites nothing that somebody else has saved, unless one says so', async () => {
    const { api } = renderInitiatives({ initiatives: [one()], url: '/1' });
    await press('Edit');
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(
      dialog.getByRole('textbox', { name: /^Title/ }),
      ', mine',
    );
    await api.initiatives.change('1', { version: 1, title: 'Theirs' });
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'Grace has saved it in between What you typed is not lost.',
    );
    await userEvent.click(
      dialog.getByRole('button', { name: 'Save mine over it' }),
    );
    await isClosed();
    expect(
      await screen.findByRole('heading', { name: 'Tier 1 is tested, mine' }),
    ).toBeVisible();
  });

  it('does not offer to save over one that was closed meanwhile', async () => {
    const { api } = renderInitiatives({ initiatives: [one()], url: '/1' });
    await press('Edit');
    const dialog = within(await screen.findByRole('dialog'));
    await dialog.findByRole('textbox', { name: /^Title/ });
    await api.initiatives.close('1', { version: 1, note: null });
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(
      await dialog.findByRole('button', { name: 'Take theirs' }),
    ).toBeVisible();
    expect(
      dialog.queryByRole('button', { name: 'Save mine over it' }),
    ).not.toBeInTheDocument();
  });

  it('closes it with a note, once', async () => {
    const { api } = renderInitiatives({ initiatives: [one()], url: '/1' });
    await press('Close it');
    const element = await screen.findByRole('dialog', {
      name: 'Close the initiative?',
    });
    const dialog = within(element);
    expect(
      dialog.getByText(/as it is now: 6 of 10 services reached it \(60%\)/),
    ).toBeVisible();
    await userEvent.click(
      dialog.getByRole('textbox', { name: /^What came of it/ }),
    );
    await userEvent.paste('Worth it.');
    expect(await accessibilityViolations(element)).toEqual([]);
    const release = api.hold('closeInitiative');
    await userEvent.dblClick(
      dialog.getByRole('button', { name: 'Close the initiative' }),
    );
    await act(async () => release());
    await isClosed();
    expect(await screen.findByText('Worth it.')).toBeVisible();
    expect(api.callsOf('closeInitiative')).toEqual([
      ['1', { version: 1, note: 'Worth it.' }],
    ]);
  });

  it('says that there is none', async () => {
    renderInitiatives({ url: '/7' });
    expect(await screen.findByText('No such initiative')).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'All initiatives' }),
    ).toHaveAttribute('href', '/operational-excellence/initiatives');
  });

  it('takes hostile text as text', async () => {
    renderInitiatives({
      initiatives: [one({ title: HOSTILE_TITLE, filter: { q: '<b>x</b>' } })],
      url: '/1',
    });
    expect(
      await screen.findByRole('heading', { name: HOSTILE_TITLE }),
    ).toBeVisible();
    expect(screen.getByText('Name contains “<b>x</b>”')).toBeVisible();
  });

  it('can be read again after a failure', async () => {
    const { api } = renderInitiatives({
      url: '/1',
      before: each => each.fail('getInitiative', new Error('too slow')),
    });
    expect(await screen.findByText('too slow')).toBeVisible();
    api.fail('getInitiative', undefined);
    await press('Try again');
    expect(
      await screen.findByRole('heading', { name: 'Initiative 1' }),
    ).toBeVisible();
  });
});
