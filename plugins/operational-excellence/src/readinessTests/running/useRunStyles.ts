import { makeStyles } from '@material-ui/core/styles';

/** The layout of a test, whether it is run or read. */
export const useRunStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(2),
    maxWidth: 1040,
    fontFamily: theme.typography.fontFamily,
    fontSize: '0.875rem',
    lineHeight: 1.5,
    overflowWrap: 'anywhere',
  },
  box: { padding: theme.spacing(2) },
  stack: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(1.5),
  },
  heading: { margin: 0, fontSize: '1.125rem', fontWeight: 600 },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
  },
  secondary: {
    color: theme.palette.text.secondary,
    fontSize: '0.8125rem',
  },
  spread: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    justifyContent: 'space-between',
    gap: theme.spacing(0.5, 2),
  },
  list: { margin: 0, paddingLeft: theme.spacing(2.5) },
  plainList: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
}));
