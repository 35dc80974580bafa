import { createTheme, getContrastRatio } from '@material-ui/core/styles';
import { HEAT_LEVELS, heatLevel, heatStyle } from './heat';

describe('the heat of a share', () => {
  it.each([
    [0, 'none'],
    [0.001, 'few'],
    [0.1, 'few'],
    [0.11, 'some'],
    [0.25, 'some'],
    [0.26, 'many'],
    [0.5, 'many'],
    [0.51, 'most'],
    [1, 'most'],
  ])('%d is %s', (share, level) => {
    expect(heatLevel(share)).toBe(level);
  });

  it.each(['light', 'dark'] as const)('can be read in the %s theme', type => {
    const theme = createTheme({ palette: { type } });
    for (const level of HEAT_LEVELS) {
      const { background, color } = heatStyle(theme, level);
      const behind =
        background === 'transparent'
          ? theme.palette.background.paper
          : background;
      expect(getContrastRatio(color, behind)).toBeGreaterThanOrEqual(7);
    }
  });

  it.each(['light', 'dark'] as const)(
    'differs by level in the %s theme',
    type => {
      const theme = createTheme({ palette: { type } });
      const backgrounds = HEAT_LEVELS.map(
        level => heatStyle(theme, level).background,
      );
      expect(new Set(backgrounds).size).toBe(HEAT_LEVELS.length);
    },
  );
});
