import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { act, render, screen } from '@testing-library/react';
import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import type { ReactElement } from 'react';
import { FakeOperationalExcellenceApi, okService } from '../../__testUtils__';
import {
  operationalExcellenceApiRef,
  type OperationalExcellenceQuery,
} from '../../api';

/** A service of each of so many teams: Team 1, Team 2 and so on. */
export const teams = (count: number): ServiceDetail[] =>
  Array.from({ length: count }, (_, index) => ({
    ...okService(),
    entityRef: `component:default/service-${index + 1}`,
    ownerRef: `group:default/team-${index + 1}`,
    ownerTitle: `Team ${index + 1}`,
  }));

export function renderField(
  element: ReactElement,
  api: FakeOperationalExcellenceApi,
) {
  return render(element, {
    wrapper: ({ children }) => (
      <TestApiProvider
        apis={[
          [operationalExcellenceApiRef, api],
          mockApis.translation(),
          mockApis.error(),
        ]}
      >
        {children}
      </TestApiProvider>
    ),
  });
}

/** What the backend was asked for so far. */
export const asked = (api: FakeOperationalExcellenceApi) =>
  api
    .callsOf('getServiceFacets')
    .map(([query]) => query as OperationalExcellenceQuery);

// By role this takes a second for a long list.
export const listed = () =>
  [...document.querySelectorAll('[role="option"]')].map(
    option => option.textContent,
  );

/** What has opened beneath a field. */
export const popup = () =>
  screen.getByRole('listbox').closest<HTMLElement>('.MuiAutocomplete-popper')!;

/** Lets each answer wait until it is let go, in any order. */
export function holdAnswers(api: FakeOperationalExcellenceApi) {
  const waiting: (() => void)[] = [];
  const read = api.getServiceFacets.bind(api);
  api.getServiceFacets = async query => {
    const answer = await read(query);
    await new Promise<void>(resolve => waiting.push(resolve));
    return answer;
  };
  return {
    waiting,
    letGo: (nth: number) => act(async () => waiting[nth]()),
  };
}
