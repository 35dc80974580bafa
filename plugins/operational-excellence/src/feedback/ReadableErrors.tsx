import { Theme, ThemeProvider } from '@material-ui/core/styles';
import { ReactNode } from 'react';
import { toneColor } from '../states';

/**
 * Lets fields tell what is wrong with them in a red that can be read on paper,
 * which that of the theme cannot, least of all in the dark.
 */
export const ReadableErrors = (props: { children: ReactNode }) => (
  <ThemeProvider theme={withReadableErrors}>{props.children}</ThemeProvider>
);

function withReadableErrors(theme: Theme): Theme {
  const main = toneColor(theme, 'critical');
  const { palette } = theme;
  return {
    ...theme,
    palette: { ...palette, error: { ...palette.error, main } },
  };
}
