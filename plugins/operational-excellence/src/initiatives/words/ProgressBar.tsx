import { makeStyles, useTheme } from '@material-ui/core/styles';
import type { Initiative } from 'backstage-plugin-operational-excellence-common';
import { toneColor } from '../../states';
import { useProgressWords } from './useProgressWords';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(0.5) },
  bar: {
    height: 10,
    overflow: 'hidden',
    border: `1px solid ${theme.palette.text.secondary}`,
    borderRadius: theme.shape.borderRadius,
    '@media print': { printColorAdjust: 'exact' },
  },
  reached: { height: '100%' },
}));

/** How far an initiative has come: drawn, and in words. */
export const ProgressBar = (props: { progress: Initiative['progress'] }) => {
  const { progress } = props;
  const { reached, services } = progress;
  const classes = useStyles();
  const theme = useTheme();
  const inWords = useProgressWords();
  return (
    <div className={classes.root}>
      {services > 0 && (
        <div className={classes.bar} aria-hidden>
          <div
            className={classes.reached}
            style={{
              width: `${(100 * reached) / services}%`,
              backgroundColor: toneColor(theme, 'good'),
            }}
          />
        </div>
      )}
      <div>{inWords(progress)}</div>
    </div>
  );
};
