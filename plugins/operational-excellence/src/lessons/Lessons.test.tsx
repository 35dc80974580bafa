import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import {
  accessibilityViolations,
  allServices,
  FakeOperationalExcellenceApi,
  finding,
  HOSTILE_TITLE,
  refusal,
  renderWithApi,
} from '../__testUtils__';
import { Lessons } from './Lessons';
import { formatLessons, parseLessons } from './lessonsView';
import { ServiceLessons } from './ServiceLessons';

const Browser = () => {
  const { search } = useLocation();
  return (
    <>
      <div data-testid="address">{search}</div>
      <Lessons />
    </>
  );
};

const findings = () => [
  finding('1', { lesson: 'Keep **sessions** outside', tags: ['zone'] }),
  finding('2', {
    lesson: 'Alarm on symptoms',
    severity: 'low',
    tags: ['alarms', 'zone'],
    entityRef: 'component:default/search',
    entityTitle: 'Search',
    origin: {
      kind: 'readiness-test',
      id: 'run',
      title: 'Production readiness',
      itemId: null,
    },
  }),
  finding('3', { lesson: null }),
];

function renderLessons(
  options: {
    url?: string;
    findings?: ReturnType<typeof findings>;
    before?: (api: FakeOperationalExcellenceApi) => void;
  } = {},
) {
  const api = new FakeOperationalExcellenceApi({
    services: allServices(),
    findings: options.findings ?? findings(),
  });
  options.before?.(api);
  return { api, ...renderWithApi(<Browser />, api, { url: options.url }) };
}

const list = async () =>
  within(await screen.findByRole('list', { name: 'Lessons' }));

const address = () =>
  new URLSearchParams(screen.getByTestId('address').textContent ?? '');

/** Not key by key, which takes long where a test has much to type. */
const enter = (field: HTMLElement, value: string) =>
  fireEvent.change(field, { target: { value } });

describe('the lessons of the organisation', () => {
  it('are what findings teach, with where these were found', async () => {
    const { container } = renderLessons();
    const shown = await list();
    expect(shown.getByText('sessions')).toBeVisible();
    expect(shown.getByText('Alarm on symptoms')).toBeVisible();
    expect(shown.queryByText('Finding 3')).not.toBeInTheDocument();
    expect(shown.getByRole('link', { name: 'Search' })).toBeVisible();
    expect(
      shown.getByRole('link', { name: 'Production readiness' }),
    ).toHaveAttribute('href', '/operational-excellence/readiness-tests/run');
    expect(shown.getByText('Low')).toBeVisible();
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('are searched, and the search can be shared', async () => {
    const { api } = renderLessons();
    await list();
    enter(screen.getByLabelText('Search lessons'), 'alarm');
    await waitFor(() => expect(address().get('q')).toBe('alarm'));
    await waitFor(() =>
      expect(screen.queryByText('sessions')).not.toBeInTheDocument(),
    );
    expect(screen.getByText('Alarm on symptoms')).toBeVisible();
    expect(api.callsOf('getLessons').at(-1)).toMatchObject([{ q: 'alarm' }]);
  });

  it('are narrowed as the address says', async () => {
    const { api } = renderLessons({
      url: '/?tag=alarms&severity=low&severity=nonsense&origin=readiness-test&owner=group:default/team-a',
    });
    await list();
    expect(api.callsOf('getLessons')[0]).toMatchObject([
      {
        tag: ['alarms'],
        severity: ['low'],
        origin: ['readiness-test'],
        owner: ['group:default/team-a'],
      },
    ]);
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear all filters' }),
    );
    await waitFor(() => expect([...address()]).toEqual([]));
  });

  it('are narrowed to a tag by it', async () => {
    renderLessons();
    const shown = await list();
    await userEvent.click(
      shown.getByRole('button', { name: 'Only lessons with the tag alarms' }),
    );
    await waitFor(() => expect(address().getAll('tag')).toEqual(['alarms']));
    await waitFor(() =>
      expect(screen.queryByText('sessions')).not.toBeInTheDocument(),
    );
  });

  it('say what to do where there are none', async () => {
    renderLessons({ findings: [] });
    expect(await screen.findByText(/There are no lessons yet/)).toBeVisible();
  });

  it('say what to do where none fits', async () => {
    renderLessons({ url: '/?q=nowhere' });
    expect(await screen.findByText(/No lesson fits/)).toBeVisible();
  });

  it('say why they cannot be read', async () => {
    const error = await refusal(500, 'the database is away');
    renderLessons({ before: api => api.fail('getLessons', error) });
    expect(await screen.findByText(/the database is away/)).toBeVisible();
  });

  it('show hostile text as text', async () => {
    const { container } = renderLessons({
      findings: [
        finding('1', {
          lesson: `${HOSTILE_TITLE} [x](javascript:alert(1))`,
          entityTitle: HOSTILE_TITLE,
        }),
      ],
    });
    await list();
    expect(container.querySelector('script, iframe, [onerror]')).toBeNull();
    expect(
      [...container.querySelectorAll('a')].filter(
        ({ protocol }) => !/^https?:$/.test(protocol),
      ),
    ).toEqual([]);
  });
});

describe('the lessons of a service', () => {
  it('are its own, with the way to all others', async () => {
    const api = new FakeOperationalExcellenceApi({ findings: findings() });
    const { container } = await renderWithApi(
      <ServiceLessons entityRef="component:default/search" />,
      api,
    );
    const shown = await list();
    expect(shown.getByText('Alarm on symptoms')).toBeVisible();
    expect(shown.queryByText('sessions')).not.toBeInTheDocument();
    expect(
      screen.getByRole('link', {
        name: 'Search the lessons of all services',
      }),
    ).toHaveAttribute('href', '/operational-excellence/lessons');
    expect(await accessibilityViolations(container)).toEqual([]);
  });
});

describe('the view', () => {
  it('is the same after it was shared', () => {
    const view = {
      q: 'a & b',
      tags: ['x y'],
      severities: ['high' as const],
      origins: ['tabletop' as const],
      owners: ['group:default/a'],
    };
    expect(parseLessons(formatLessons(view))).toEqual(view);
  });
});
