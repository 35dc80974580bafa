import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import {
  accessibilityViolations,
  FakeOperationalExcellenceApi,
} from '../__testUtils__';
import { asked, listed, popup, renderField, teams } from './__testUtils__';
import { FacetField } from './FacetField';
import { useFacetTitles } from './useFacetTitles';

const Owner = (props: { chosen?: string }) => {
  const [value, setValue] = useState<string | null>(props.chosen ?? null);
  const { titleOf } = useFacetTitles({ owner: value ? [value] : [] });
  return (
    <FacetField
      id="owner"
      label="Owner"
      facet="owner"
      none="Without an owner"
      titleOf={titleOf}
      value={value}
      onChange={setValue}
    />
  );
};

const owner = () => screen.getByRole('textbox', { name: 'Owner' });

describe('FacetField', () => {
  it('shows the title of what was chosen once it is known', async () => {
    const api = new FakeOperationalExcellenceApi({ services: teams(130) });
    const release = api.hold('getServiceFacets');
    renderField(<Owner chosen="group:default/team-99" />, api);
    expect(owner()).toHaveValue('group:default/team-99');
    release();
    await waitFor(() => expect(owner()).toHaveValue('Team 99'));
    expect(asked(api)).toEqual([
      { facet: ['owner'], including: ['group:default/team-99'], limit: 0 },
    ]);
    // Its list is not narrowed by what the field shows.
    await userEvent.click(owner());
    await waitFor(() => expect(listed()).toHaveLength(102));
    expect(await accessibilityViolations(popup())).toEqual([]);
  });

  it('finds by what is typed, and goes back to what was chosen', async () => {
    const api = new FakeOperationalExcellenceApi({ services: teams(130) });
    renderField(<Owner />, api);
    await userEvent.type(owner(), 'team 99');
    await waitFor(() => expect(listed()).toEqual(['Team 99 (1)']));
    await userEvent.click(screen.getByRole('option'));
    expect(owner()).toHaveValue('Team 99');
    await userEvent.type(owner(), ' or what');
    await userEvent.tab();
    expect(owner()).toHaveValue('Team 99');

    await userEvent.clear(owner());
    await userEvent.type(owner(), 'without');
    await userEvent.click(
      await screen.findByRole('option', { name: 'Without an owner' }),
    );
    expect(owner()).toHaveValue('Without an owner');
  });
});
