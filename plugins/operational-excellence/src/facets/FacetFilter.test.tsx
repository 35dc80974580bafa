import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import {
  accessibilityViolations,
  FakeOperationalExcellenceApi,
  okService,
  refusal,
} from '../__testUtils__';
import type { OperationalExcellenceQuery } from '../api';
import {
  asked,
  holdAnswers,
  listed,
  popup,
  renderField,
  teams,
} from './__testUtils__';
import { FacetFilter } from './FacetFilter';
import { NONE_OF_IT } from './noneOfIt';

const Owners = (props: {
  filter?: OperationalExcellenceQuery;
  chosen?: string[];
}) => {
  const [value, setValue] = useState(props.chosen ?? []);
  return (
    <>
      <FacetFilter
        label="Owner"
        facet="owner"
        filter={props.filter}
        none="No owner"
        value={value}
        onChange={setValue}
      />
      <p>{value.map(each => each || 'none').join()}</p>
    </>
  );
};

const owner = () => screen.getByRole('textbox', { name: 'Owner' });
const MORE = 'There are more. Type part of a name to find them.';

/** With some more teams than are listed at once. */
const many = () => new FakeOperationalExcellenceApi({ services: teams(130) });
/** The value of the team that is listed last, were all listed. */
const LAST = 'group:default/team-99';

describe('FacetFilter', () => {
  it('asks for its choices when it is opened, each time once', async () => {
    const api = new FakeOperationalExcellenceApi({
      services: [
        ...teams(2),
        { ...teams(2)[1], entityRef: 'component:default/another' },
      ],
    });
    renderField(<Owners filter={{ tier: ['1'], q: '' }} />, api);
    expect(asked(api)).toEqual([]);
    await userEvent.click(owner());
    await waitFor(() =>
      expect(listed()).toEqual(['No owner', 'Team 1 (1)', 'Team 2 (2)']),
    );
    expect(screen.queryByText(MORE)).not.toBeInTheDocument();
    const query = { tier: ['1'], q: '', facet: 'owner' };
    expect(asked(api)).toEqual([query]);
    expect(await accessibilityViolations(popup())).toEqual([]);

    await userEvent.keyboard('{Escape}');
    expect(listed()).toEqual([]);
    expect(asked(api)).toEqual([query]);
    await userEvent.click(owner());
    await waitFor(() => expect(listed()).toHaveLength(3));
    expect(asked(api)).toEqual([query, query]);
  });

  it('says that they are being read', async () => {
    const api = new FakeOperationalExcellenceApi({ services: teams(1) });
    const { letGo, waiting } = holdAnswers(api);
    renderField(<Owners />, api);
    await userEvent.type(owner(), 'te');
    await waitFor(() => expect(waiting).toHaveLength(1));
    expect(screen.getByRole('status')).toHaveTextContent('Loading');
    await letGo(0);
    expect(listed()).toEqual(['Team 1 (1)']);
  });

  it('finds by title and name without asking where all are listed', async () => {
    const renamed = {
      ...okService(),
      ownerRef: 'group:default/ledger',
      ownerTitle: 'Bookkeeping',
    };
    const api = new FakeOperationalExcellenceApi({
      services: [...teams(12), renamed],
    });
    renderField(<Owners />, api);
    await userEvent.type(owner(), 'team 1');
    await waitFor(() =>
      expect(listed()).toEqual([
        'Team 1 (1)',
        'Team 10 (1)',
        'Team 11 (1)',
        'Team 12 (1)',
      ]),
    );
    await userEvent.clear(owner());
    await userEvent.keyboard('ledge');
    expect(listed()).toEqual(['Bookkeeping (1)']);
    await userEvent.keyboard('x');
    expect(screen.getByText('Nothing to choose from')).toBeVisible();
    // Longer than one pauses before the backend would be asked.
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(asked(api)).toEqual([{ facet: 'owner' }]);
  });

  it('says that there are more, and asks for what is typed', async () => {
    const api = many();
    renderField(<Owners />, api);
    await userEvent.click(owner());
    await waitFor(() => expect(listed()).toHaveLength(101));
    expect(screen.getByRole('status')).toHaveTextContent(MORE);
    expect(listed()).not.toContain('Team 99 (1)');
    expect(await accessibilityViolations(popup())).toEqual([]);

    // What is said of the list is none of its choices, and leaves it open.
    await userEvent.click(screen.getByText(MORE));
    expect(listed()).toHaveLength(101);

    for (const text of ['t', 'team', 'team 99']) {
      fireEvent.change(owner(), { target: { value: text } });
    }
    await waitFor(() => expect(listed()).toEqual(['Team 99 (1)']));
    expect(screen.queryByText(MORE)).not.toBeInTheDocument();
    // Once for what was typed at a stretch.
    expect(asked(api)).toEqual([
      { facet: 'owner' },
      { facet: 'owner', find: 'team 99' },
    ]);

    await userEvent.click(screen.getByText('Team 99 (1)'));
    expect(screen.getByText(LAST)).toBeVisible();
    // The whole list is back, with what is chosen in it.
    await waitFor(() => expect(listed()).toHaveLength(102));
    expect(listed().at(-1)).toBe('Team 99');
    await userEvent.keyboard('{Escape}');
    expect(screen.getByRole('button', { name: 'Team 99' })).toBeVisible();
  });

  it('trusts what the backend found, and takes only what matches besides', async () => {
    const api = many();
    const read = api.getServiceFacets.bind(api);
    api.getServiceFacets = async query => {
      const answer = await read(query);
      return query.find === undefined
        ? answer
        : {
            ...answer,
            more: ['owner'],
            owner: [
              { value: 'group:default/x', title: 'Called otherwise', count: 1 },
              // The filter names it.
              { value: 'group:default/team-1', title: 'Team 1', count: 1 },
            ],
          };
    };
    renderField(
      <Owners
        filter={{ owner: ['group:default/team-1'] }}
        chosen={['group:default/team-1']}
      />,
      api,
    );
    await userEvent.type(owner(), 'zzz');
    await waitFor(() => expect(listed()).toEqual(['Called otherwise (1)']));
    expect(screen.getByRole('status')).toHaveTextContent(MORE);
  });

  it('drops an answer that was overtaken', async () => {
    const api = many();
    const { letGo, waiting } = holdAnswers(api);
    renderField(<Owners />, api);
    await userEvent.click(owner());
    await waitFor(() => expect(waiting).toHaveLength(1));
    await letGo(0);
    fireEvent.change(owner(), { target: { value: 'team 7' } });
    await waitFor(() => expect(waiting).toHaveLength(2));
    // Until it is found, what is known already is offered.
    expect(listed()).toContain('Team 7 (1)');
    expect(screen.getByRole('status')).toHaveTextContent('Loading');
    fireEvent.change(owner(), { target: { value: 'team 79' } });
    await waitFor(() => expect(waiting).toHaveLength(3));
    await letGo(2);
    expect(listed()).toEqual(['Team 79 (1)']);
    await letGo(1);
    expect(listed()).toEqual(['Team 79 (1)']);
    expect(asked(api).map(({ find }) => find)).toEqual([
      undefined,
      'team 7',
      'team 79',
    ]);
  });

  it('asks again when the filter changes while it is open', async () => {
    const api = new FakeOperationalExcellenceApi({
      services: [...teams(2), { ...okService(), tier: '7' }],
    });
    const { rerender } = renderField(<Owners filter={{}} />, api);
    await userEvent.click(owner());
    await waitFor(() => expect(listed()).toHaveLength(4));
    rerender(<Owners filter={{ tier: ['7'] }} />);
    await waitFor(() => expect(listed()).toHaveLength(2));
    expect(asked(api)).toEqual([
      { facet: 'owner' },
      { facet: 'owner', tier: ['7'] },
    ]);
  });

  it.each([
    ['what failed', 500, 'The choices could not be read: the database is away'],
    ['that it is forbidden', 403, 'You may not see the choices'],
  ])('says %s, and tries again when opened anew', async (_, status, text) => {
    const api = new FakeOperationalExcellenceApi({ services: teams(1) });
    api.fail('getServiceFacets', await refusal(status, 'the database is away'));
    renderField(<Owners />, api);
    await userEvent.click(owner());
    await waitFor(() =>
      expect(screen.getByRole('status')).toHaveTextContent(text),
    );
    expect(listed()).toEqual(['No owner']);
    expect(await accessibilityViolations(popup())).toEqual([]);
    // Nor where nothing matches is it told that there is nothing.
    await userEvent.keyboard('team');
    expect(listed()).toEqual([]);
    expect(screen.getByText(text)).toBeVisible();

    await userEvent.keyboard('{Escape}');
    api.fail('getServiceFacets', undefined);
    await userEvent.click(owner());
    await waitFor(() => expect(listed()).toEqual(['Team 1 (1)']));
  });

  it('says that what was typed could not be looked for', async () => {
    const api = many();
    renderField(<Owners />, api);
    await userEvent.click(owner());
    await waitFor(() => expect(listed()).toHaveLength(101));
    api.fail('getServiceFacets', new Error('the database is away'));
    await userEvent.keyboard('team 99');
    expect(
      await screen.findByText(/could not be read: the database is away/),
    ).toBeVisible();
    expect(screen.queryByText('Nothing to choose from')).toBeNull();
  });

  it('keeps what is typed while choices and titles arrive', async () => {
    const api = many();
    const { letGo, waiting } = holdAnswers(api);
    renderField(<Owners chosen={[LAST]} />, api);
    fireEvent.change(owner(), { target: { value: 'team 12' } });
    await waitFor(() => expect(waiting).toHaveLength(1));
    await letGo(0);
    await waitFor(() => expect(waiting).toHaveLength(2));
    await letGo(1);
    expect(owner()).toHaveValue('team 12');
    expect(listed()).toContain('Team 129 (1)');
  });

  it('lets what nobody has be taken back, and none be chosen', async () => {
    const api = new FakeOperationalExcellenceApi({ services: teams(1) });
    renderField(<Owners chosen={['group:default/gone']} />, api);
    await userEvent.click(owner());
    await waitFor(() =>
      expect(listed()).toEqual([
        'No owner',
        'Team 1 (1)',
        'group:default/gone (0)',
      ]),
    );
    await userEvent.click(screen.getByText('group:default/gone (0)'));
    await userEvent.click(screen.getByText('No owner'));
    expect(screen.getByText('none')).toBeVisible();
    expect(NONE_OF_IT).toBe('');
    await userEvent.keyboard('{Escape}');
    expect(screen.getByRole('button', { name: 'No owner' })).toBeVisible();
  });
});
