import { makeStyles } from '@material-ui/core/styles';

/** The layout of the tab, which its skeleton shares. */
export const useContentStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    // Wide tables scroll in their own section instead of widening the page.
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(3),
  },
  summary: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 300px), 1fr))',
  },
  answer: { overflow: 'hidden' },
}));
