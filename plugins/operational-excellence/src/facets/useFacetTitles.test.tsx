import { screen } from '@testing-library/react';
import { FakeOperationalExcellenceApi } from '../__testUtils__';
import { asked, renderField, teams } from './__testUtils__';
import type { FacetChoice } from './facetTitles';
import { useFacetTitles } from './useFacetTitles';

const Titles = (props: { chosen: FacetChoice }) => {
  const { read, titleOf } = useFacetTitles(props.chosen);
  return (
    <p>
      {(props.chosen.owner ?? [])
        .map(value => titleOf('owner', value) ?? value)
        .join()}
      {read.status === 'failed' && read.error.message}
    </p>
  );
};

const teamRefs = (count: number) =>
  teams(count).map(({ ownerRef }) => `${ownerRef}`);

describe('useFacetTitles', () => {
  it.each<[string, FacetChoice]>([
    ['nothing is', {}],
    ['nothing is left', { owner: [], tier: [] }],
    ['values are that have no other title', { tier: ['1'], type: ['website'] }],
  ])('asks for nothing where %s chosen', async (_, chosen) => {
    const api = new FakeOperationalExcellenceApi({ services: teams(1) });
    renderField(<Titles chosen={chosen} />, api);
    expect(asked(api)).toEqual([]);
  });

  it('asks once for those of all that is chosen, and for no others', async () => {
    const api = new FakeOperationalExcellenceApi({ services: teams(9) });
    const chosen = {
      owner: ['group:default/team-7', 'group:default/team-2'],
      system: ['system:default/shop'],
      tier: ['1'],
    };
    const release = api.hold('getServiceFacets');
    const { rerender } = renderField(<Titles chosen={chosen} />, api);
    expect(
      screen.getByText('group:default/team-7,group:default/team-2'),
    ).toBeVisible();
    release();
    expect(await screen.findByText('Team 7,Team 2')).toBeVisible();
    rerender(<Titles chosen={{ ...chosen, tier: ['2'] }} />);
    expect(asked(api)).toEqual([
      {
        facet: ['owner', 'system'],
        including: [
          'group:default/team-2',
          'group:default/team-7',
          'system:default/shop',
        ],
        limit: 0,
      },
    ]);
  });

  it('asks in parts that an address can hold', async () => {
    const api = new FakeOperationalExcellenceApi({ services: teams(120) });
    renderField(<Titles chosen={{ owner: teamRefs(120) }} />, api);
    expect(await screen.findByText(/^Team 1,.*,Team 120$/)).toBeVisible();
    expect(
      asked(api).map(({ including }) => [including].flat().length),
    ).toEqual([50, 50, 20]);
  });

  it('tells what failed, with the values as they are', async () => {
    const api = new FakeOperationalExcellenceApi({ services: teams(1) });
    api.fail('getServiceFacets', new Error(' is away'));
    renderField(<Titles chosen={{ owner: teamRefs(1) }} />, api);
    expect(
      await screen.findByText('group:default/team-1 is away'),
    ).toBeVisible();
  });
});
