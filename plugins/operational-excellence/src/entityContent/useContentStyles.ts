import { makeStyles } from '@material-ui/core/styles';

/** The layout of the tab, which its skeleton shares. */
export const useContentStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    // Wide tables scroll in their own section instead of widening the page.
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(3),
    fontFamily: theme.typography.fontFamily,
  },
  summary: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 300px), 1fr))',
  },
  // For screen readers only: it names what the three headings below belong to.
  heading: {
    position: 'absolute',
    width: 1,
    height: 1,
    margin: 0,
    overflow: 'hidden',
    clip: 'rect(0 0 0 0)',
    whiteSpace: 'nowrap',
  },
  answer: { '& > section': { borderBottom: 'none' } },
}));
