import { makeStyles, useTheme } from '@material-ui/core/styles';
import { useTexts } from '../../translation';
import { HEAT_LEVELS, heatStyle } from './heat';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1),
    padding: theme.spacing(1, 2),
    fontSize: '0.75rem',
  },
  level: {
    padding: theme.spacing(0.25, 1),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
}));

/** What the colours of the cells say. */
export const HeatLegend = () => {
  const classes = useStyles();
  const theme = useTheme();
  const { t } = useTexts();
  return (
    <div className={classes.root}>
      {t('groups.legend')}
      {HEAT_LEVELS.map(level => (
        <span
          key={level}
          className={classes.level}
          style={heatStyle(theme, level)}
        >
          {t(`groups.levels.${level}`)}
        </span>
      ))}
    </div>
  );
};
