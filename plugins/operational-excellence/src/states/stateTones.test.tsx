import { appThemeApiRef, useApi } from '@backstage/frontend-plugin-api';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { getContrastRatio, Theme, useTheme } from '@material-ui/core/styles';
import { waitFor } from '@testing-library/react';
import { MEASURE_STATES } from 'backstage-plugin-operational-excellence-common';
import { stateIcons, stateTones, toneColor } from './stateTones';

/** The themes that Backstage brings along, by their variant. */
async function themes(): Promise<Record<string, Theme>> {
  const found: Record<string, Theme> = {};
  const Probe = (props: { variant: string }) => {
    found[props.variant] = useTheme();
    return null;
  };
  const Themes = () => (
    <>
      {useApi(appThemeApiRef)
        .getInstalledThemes()
        .map(({ id, variant, Provider }) => (
          <Provider key={id}>
            <Probe variant={variant} />
          </Provider>
        ))}
    </>
  );
  renderInTestApp(<Themes />);
  await waitFor(() => expect(Object.keys(found)).toHaveLength(2));
  return found;
}

describe('the colours of the states', () => {
  it('can be read on every background of both themes', async () => {
    const { light, dark } = await themes();
    expect(light.palette.type).toBe('light');
    expect(dark.palette.type).toBe('dark');
    for (const theme of [light, dark]) {
      const { paper, default: page } = theme.palette.background;
      for (const state of MEASURE_STATES) {
        const color = toneColor(theme, stateTones[state]);
        for (const background of [paper, page]) {
          expect({
            state,
            color,
            background,
            readable: getContrastRatio(color, background) >= 4.5,
          }).toEqual({ state, color, background, readable: true });
        }
      }
    }
  });

  it('are never all that tells two states apart', () => {
    expect(new Set(Object.values(stateIcons)).size).toBe(MEASURE_STATES.length);
  });
});
