import { makeStyles } from '@material-ui/core/styles';

/** The lists of improvements. */
export const useLoopStyles = makeStyles(theme => ({
  heading: {
    margin: 0,
    padding: theme.spacing(2, 2, 0),
    fontSize: '0.875rem',
    fontWeight: 600,
  },
  list: { margin: 0, padding: 0, listStyle: 'none' },
  entry: {
    display: 'grid',
    gap: theme.spacing(0.5),
    padding: theme.spacing(1.5, 2),
    fontSize: '0.875rem',
    lineHeight: 1.43,
    overflowWrap: 'anywhere',
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0.5, 1.5),
  },
  title: { fontWeight: 600 },
  secondary: {
    color: theme.palette.text.secondary,
    fontSize: '0.8125rem',
  },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    paddingTop: theme.spacing(0.5),
  },
  empty: { margin: theme.spacing(0, 0, 1.5) },
  words: { whiteSpace: 'pre-wrap' },
}));
