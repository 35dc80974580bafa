import type { StorageApi } from '@backstage/frontend-plugin-api';
import { mockApis } from '@backstage/frontend-test-utils';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  ServiceDetail,
  Waiver,
} from 'backstage-plugin-operational-excellence-common';
import {
  accessibilityViolations,
  FakeOperationalExcellenceApi,
  HOSTILE_TITLE,
  inDays,
  overdueService,
  permissionsThat,
  refusal,
  renderWithApi,
  waivedService,
  waiver,
} from '../../__testUtils__';
import { useServiceChanges } from '../../improvements';
import { dayOf } from '../../time';
import { dayAhead, endOfDay } from '../grant/days';
import { WaiversSection } from './WaiversSection';

const Changes = (props: { entityRef: string }) => (
  <div data-testid="changes">{useServiceChanges(props.entityRef)}</div>
);

/** What was decided is remembered by service: each that denies needs its own. */
function renderSection(
  waivers: Waiver[] = [],
  options: {
    service?: ServiceDetail;
    decision?: 'ALLOW' | 'DENY';
    storage?: StorageApi;
    before?: (api: FakeOperationalExcellenceApi) => void;
  } = {},
) {
  const { service = overdueService(), before } = options;
  const api = new FakeOperationalExcellenceApi({
    services: [service],
    waivers: waivers.map(each => ({
      ...each,
      entityRef: service.entityRef,
      entityTitle: service.title,
    })),
  });
  before?.(api);
  const element = (
    <>
      <Changes entityRef={service.entityRef} />
      <WaiversSection service={service} now={Date.now()} />
    </>
  );
  return {
    api,
    ...renderWithApi(element, api, {
      permissions: permissionsThat(options.decision ?? 'ALLOW'),
      storage: options.storage,
    }),
  };
}

const press = async (name: RegExp | string) =>
  userEvent.click(await screen.findByRole('button', { name }));

const isClosed = () =>
  waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());

describe('the waivers of a service', () => {
  it('tell to what they apply, why, until when, and what is beneath', async () => {
    const until = inDays(40);
    const { api, container } = renderSection(
      [
        waiver('1', { reason: 'Its successor takes over.', until }),
        waiver('2', { revokedAt: inDays(-1), reason: 'Ended' }),
        waiver('3', { until: inDays(-3), reason: 'Over' }),
      ],
      { service: waivedService() },
    );
    const list = within(await screen.findByRole('list', { name: 'Waivers' }));
    expect(list.getAllByRole('listitem')).toHaveLength(1);
    expect(list.getByText('Improvement backlog')).toBeVisible();
    expect(list.getByText('Its successor takes over.')).toBeVisible();
    expect(list.getByText(`Until ${dayOf(until)}`)).toBeVisible();
    expect(list.getByText('ends in 41 days')).toBeVisible();
    expect(list.getByText('Overdue')).toBeVisible();
    expect(list.getByText('Granted 10 days ago by')).toBeVisible();
    expect(list.getByRole('link', { name: /ada/ })).toBeVisible();
    expect(api.callsOf('getWaivers')).toHaveLength(1);
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('are nothing but a button where there are none', async () => {
    const { container } = renderSection();
    expect(
      await screen.findByRole('button', { name: 'Grant a waiver' }),
    ).toBeVisible();
    expect(screen.queryByRole('heading')).not.toBeInTheDocument();
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('are nothing to whom may not grant any', async () => {
    const service = {
      ...overdueService(),
      entityRef: 'component:default/unwaivable',
    };
    const { api } = renderSection([], { service, decision: 'DENY' });
    await waitFor(() => expect(api.callsOf('getWaivers')).toHaveLength(1));
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('tell who may end them to whom may not', async () => {
    const service = {
      ...waivedService(),
      entityRef: 'component:default/guarded-waiver',
      ownerTitle: 'Team A',
    };
    renderSection([waiver('1')], { service, decision: 'DENY' });
    const denial =
      'You may not grant or end waivers of this service: that needs the permission operational-excellence.waiver.grant. Ask Team A, who owns it, or whoever manages the permissions of this portal.';
    for (const name of ['End now Improvement backlog', 'Grant a waiver']) {
      const denied = await screen.findByRole('button', { name });
      await waitFor(() => expect(denied).toHaveAttribute('title', denial));
      await userEvent.click(denied);
    }
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('take hostile text as text', async () => {
    renderSection([waiver('1', { reason: HOSTILE_TITLE })], {
      service: waivedService(),
    });
    expect(await screen.findByText(HOSTILE_TITLE)).toBeVisible();
  });

  it('show that they load, and can be read again after a failure', async () => {
    let release = () => {};
    const { api } = renderSection([waiver('1')], {
      service: waivedService(),
      before: each => {
        release = each.hold('getWaivers');
        each.fail('getWaivers', new Error('the database is away'));
      },
    });
    expect(
      await screen.findByRole('status', { name: 'Loading the waivers' }),
    ).toBeVisible();
    await act(async () => release());
    expect(await screen.findByText('the database is away')).toBeVisible();
    api.fail('getWaivers', undefined);
    await press('Try again');
    expect(await screen.findByText('Reason 1')).toBeVisible();
  });

  it('end before their time, once that is confirmed', async () => {
    const { api } = renderSection([waiver('1')], { service: waivedService() });
    await press('End now Improvement backlog');
    const dialog = await screen.findByRole('dialog', {
      name: 'End the waiver now?',
    });
    expect(dialog).toHaveAccessibleDescription(
      /^It excepts “Improvement backlog” of Legacy billing until .* The state becomes Overdue again\.$/,
    );
    expect(await accessibilityViolations(dialog)).toEqual([]);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Keep it' }),
    );
    await isClosed();
    expect(api.callsOf('endWaiver')).toEqual([]);

    await press('End now Improvement backlog');
    api.fail('endWaiver', await refusal(409, 'The waiver ended by itself'));
    const again = within(await screen.findByRole('dialog'));
    await userEvent.click(again.getByRole('button', { name: 'End now' }));
    expect(await again.findByRole('alert')).toHaveTextContent(
      'It could not be ended. The waiver ended by itself',
    );
    api.fail('endWaiver', undefined);
    await userEvent.click(again.getByRole('button', { name: 'End now' }));
    await isClosed();
    expect(api.callsOf('endWaiver')).toEqual([['1'], ['1']]);
    await waitFor(() =>
      expect(screen.queryByText('Reason 1')).not.toBeInTheDocument(),
    );
    expect(screen.getByTestId('changes')).toHaveTextContent('1');
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: 'Grant a waiver' }),
      ).toHaveFocus(),
    );
  });

  it('leave a measure waived as long as another one applies', async () => {
    renderSection(
      [waiver('1', { until: inDays(5) }), waiver('2', { until: inDays(40) })],
      { service: waivedService() },
    );
    await screen.findByText('Reason 1');
    await userEvent.click(
      screen.getAllByRole('button', { name: /^End now/ })[0],
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).not.toHaveTextContent(/The state becomes/);
  });
});

describe('granting a waiver', () => {
  async function open(options: Parameters<typeof renderSection>[1] = {}) {
    const rendered = renderSection([], options);
    await press('Grant a waiver');
    const element = await screen.findByRole('dialog', {
      name: 'Grant a waiver',
    });
    const dialog = within(element);
    await dialog.findByRole('textbox', { name: /^Reason/ });
    const choose = async (measure: RegExp) => {
      await userEvent.click(dialog.getByRole('button', { name: /^Measure/ }));
      await userEvent.click(
        await screen.findByRole('option', { name: measure }),
      );
    };
    const giveReason = async (text: string) => {
      await userEvent.click(dialog.getByRole('textbox', { name: /^Reason/ }));
      await userEvent.paste(text);
    };
    const send = () =>
      userEvent.click(dialog.getByRole('button', { name: 'Grant it' }));
    return { ...rendered, element, dialog, choose, giveReason, send };
  }

  it('is for a measure that the policy asks for, with a reason and an end', async () => {
    const { api, choose, dialog, element, giveReason, send } = await open();
    await choose(/^Improvement backlog · Overdue$/);
    await giveReason('Its successor takes over.');
    const twoWeeks = dialog.getByRole('button', { name: '2 weeks' });
    await userEvent.click(twoWeeks);
    expect(twoWeeks).toHaveAttribute('aria-pressed', 'true');
    const day = dayAhead(Date.now(), { weeks: 2 });
    expect(dialog.getByLabelText(/^Until/)).toHaveValue(day);
    expect(dialog.getByText('To the end of that day')).toBeVisible();
    expect(await accessibilityViolations(element)).toEqual([]);
    await send();
    await isClosed();
    expect(api.callsOf('grantWaiver')).toEqual([
      [
        {
          entityRef: 'component:default/payments',
          measure: 'backlog',
          reason: 'Its successor takes over.',
          until: new Date(endOfDay(day) ?? NaN).toISOString(),
        },
      ],
    ]);
    expect(await screen.findByText('Its successor takes over.')).toBeVisible();
    expect(screen.getByTestId('changes')).toHaveTextContent('1');
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: 'Grant a waiver' }),
      ).toHaveFocus(),
    );
  });

  it('says what is missing, and leads there', async () => {
    const { api, choose, dialog, element, giveReason, send } = await open();
    await send();
    for (const problem of [
      'Say which measure it is for.',
      'Say why, so that nobody has to guess later.',
      'Say until when.',
    ]) {
      expect(dialog.getByText(problem)).toBeVisible();
    }
    expect(dialog.getByRole('button', { name: /^Measure/ })).toHaveFocus();
    expect(await accessibilityViolations(element)).toEqual([]);
    await choose(/^Game day/);
    await send();
    expect(dialog.getByRole('textbox', { name: /^Reason/ })).toHaveFocus();
    await giveReason('Moves to another Region');
    const until = dialog.getByLabelText(/^Until/);
    await userEvent.type(until, '2020-01-01');
    await send();
    expect(dialog.getByText('It must end in the future.')).toBeVisible();
    expect(until).toHaveFocus();
    expect(api.callsOf('grantWaiver')).toEqual([]);
  });

  it('offers no measure that the policy does not ask for', async () => {
    const service = overdueService();
    const { dialog } = await open({
      service: {
        ...service,
        gameDay: { ...service.gameDay, state: 'not-required' },
      },
    });
    await userEvent.click(dialog.getByRole('button', { name: /^Measure/ }));
    expect(
      await screen.findByRole('option', { name: 'Game day · Not required' }),
    ).toHaveAttribute('aria-disabled', 'true');
  });

  it('says that a measure is waived already', async () => {
    const service = waivedService();
    const { choose, dialog } = await open({ service });
    await choose(/^Improvement backlog · Waived$/);
    expect(
      dialog.getByText(
        `It is waived until ${dayOf(
          service.backlog.waivedUntil ?? '',
        )} already; the waiver that ends last decides.`,
      ),
    ).toBeVisible();
  });

  it('loses nothing where it fails, nor over a reload', async () => {
    const storage = mockApis.storage();
    const { api, choose, dialog, giveReason, send, unmount } = await open({
      storage,
    });
    await choose(/^Game day/);
    await giveReason('Moves to another Region');
    await userEvent.click(dialog.getByRole('button', { name: '1 month' }));
    api.fail('grantWaiver', await refusal(500, 'the database is away'));
    await send();
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'It could not be granted; nothing you typed is lost. the database is away',
    );
    unmount();

    const again = await open({ storage });
    expect(
      await again.dialog.findByText(/This is your draft, as you left it/),
    ).toBeVisible();
    expect(
      again.dialog.getByRole('button', { name: /^Measure Game day/ }),
    ).toBeVisible();
    expect(again.dialog.getByRole('textbox', { name: /^Reason/ })).toHaveValue(
      'Moves to another Region',
    );
    await again.send();
    await isClosed();
    expect(again.api.callsOf('grantWaiver')).toHaveLength(1);
    await press('Grant a waiver');
    expect(await screen.findByRole('textbox', { name: /^Reason/ })).toHaveValue(
      '',
    );
  });

  it('grants once however often it is pressed', async () => {
    const { api, choose, dialog, giveReason } = await open();
    await choose(/^Game day/);
    await giveReason('Moves to another Region');
    await userEvent.click(dialog.getByRole('button', { name: '1 month' }));
    const release = api.hold('grantWaiver');
    await userEvent.dblClick(dialog.getByRole('button', { name: 'Grant it' }));
    await userEvent.click(dialog.getByRole('button', { name: 'Granting …' }));
    await userEvent.keyboard('{Escape}');
    expect(screen.getByRole('dialog')).toBeInTheDocument();
    await act(async () => release());
    await isClosed();
    expect(api.callsOf('grantWaiver')).toHaveLength(1);
  });
});
