import { useTheme } from '@material-ui/core/styles';
import { toneColor } from '../states';

/** The colours of a chart in the light and the dark theme. */
export function useChartColors() {
  const theme = useTheme();
  return {
    bar: toneColor(theme, 'neutral'),
    beyond: toneColor(theme, 'critical'),
    opened: toneColor(theme, 'neutral'),
    closed: toneColor(theme, 'good'),
    mark: theme.palette.text.primary,
    text: theme.palette.text.secondary,
    paper: theme.palette.background.paper,
    grid: theme.palette.divider,
  };
}
